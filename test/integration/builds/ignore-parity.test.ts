import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tarContext } from '../../../main/foundation/context/tar-context.ts';
import { ignoreFiles, ignoreTree } from '../../support/ignore-cases.ts';
import type { DockerCommand } from '../../support/measure-parity.ts';
import { installedCommands } from '../../support/parity-tests.ts';
import { readTar, type SentEntry, startListener } from '../../support/sent-context.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const { older, newer } = await installedCommands();

let listener: Awaited<ReturnType<typeof startListener>>;
let folder: WorkFolder;

beforeAll(async () => {
  listener = await startListener();
  folder = new WorkFolder(Object.fromEntries(['Dockerfile', ...ignoreTree].map((name) => [name, 'FROM scratch\n'])));
});
afterAll(() => {
  listener[Symbol.dispose]();
  folder[Symbol.dispose]();
});

async function sentByApp({ modes }: DockerCommand): Promise<SentEntry[] | undefined> {
  const order = { folder: folder.path, dockerfile: 'Dockerfile', references: ['a'], secrets: [], classicModes: modes };
  const { body, problem } = tarContext(order, new AbortController().signal, { saw: () => {}, sent: () => {} });
  const entries = await new Promise<SentEntry[] | undefined>((resolve) => {
    body.once('error', () => resolve(undefined));
    readTar(body).then(resolve);
  });
  if (!entries) expect(problem()).toBeInstanceOf(Error);
  return entries;
}

const commands = Object.entries({ 'up to 23': older, 'from 24': newer }).flatMap(([name, command]) => (command ? [{ name, command }] : []));

// characters that the older commands take for a regular expression's: fixed since, and not to be reproduced
const mendedSince = ['**.md', 'a+b', '^caret', '(a|b).txt'];

describe.each(commands)('what is sent according to .dockerignore, compared with docker’s command $name', ({ command }) => {
  const texts = command === older ? ignoreFiles.filter((text) => !mendedSince.includes(text)) : ignoreFiles;
  test.each(texts.map((text) => [text]))('%j', async (text) => {
    folder.write('.dockerignore', text);
    expect(await sentByApp(command)).toEqual(await listener.sentBy(command, folder.path));
  });
});
