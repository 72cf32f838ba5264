import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeCommands } from '../../../tools/engine/docker-command.ts';
import { host, ownName } from '../../support/engines/own-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const { docker } = makeCommands(host);
const wholeId = (id: string): string => (id.startsWith('sha256:') ? id : `sha256:${id}`);
const idOf = async (name: string): Promise<string> => wholeId((await docker(['image', 'inspect', '--format', '{{.Id}}', name])).trim());

let app: TestApp;
let folder: WorkFolder;
beforeEach(async () => {
  folder = new WorkFolder();
  await open();
});
afterEach(async () => {
  await app[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

async function open(): Promise<void> {
  app = await startApp(host, { folder: folder.path });
  await app.until(() => app.images.list?.disk !== undefined);
}

/** Makes an image, and returns its id and a moment after it was made. */
async function made(name: string): Promise<{ id: string; since: number }> {
  await makeRandomImage(host, name, 1000);
  const id = await idOf(name);
  await app.until(() => app.images.list?.images.some((image) => image.id === id) ?? false);
  return { id, since: Date.now() };
}

/** A container that comes and goes, as after `docker run --rm`. Returns a moment after it has gone. */
async function take(image: string): Promise<number> {
  await docker(['rm', (await docker(['create', image, '/none'])).trim()]);
  return Date.now();
}

const lastUse = async (id: string): Promise<number> => (await app.imageAnswers.lastUses({}))[id] ?? 0;
const expectUsed = (id: string, since: number) => expect.poll(() => lastUse(id), { timeout: 15_000 }).toBeGreaterThanOrEqual(since);

test('a container that has gone has used its image, also after the app was started again', async () => {
  const { id, since } = await made('it-used:1');
  expect(await lastUse(id)).toBeLessThan(since);
  const until = await take('it-used:1');
  await expectUsed(id, since);
  expect(await lastUse(id)).toBeLessThanOrEqual(until);
  const known = await lastUse(id);
  const looks = await Array.fromAsync(app.disk.look(app.shelves.main, AbortSignal.timeout(30_000)));
  expect(looks.at(-1)?.items).toContainEqual(expect.objectContaining({ id, lastUsedAt: known }));

  await app[Symbol.asyncDispose]();
  await open();
  expect(await lastUse(id)).toBe(known);
});

test('what happened while the app was closed is asked of the engine', async () => {
  const { id } = await made('it-used:closed');
  await app[Symbol.asyncDispose]();
  const since = Date.now();
  await take(id);
  await open();
  await expectUsed(id, since);
});

test('a container that ends has used the image that it was made from, not the one that has its name by now', async () => {
  const old = await made('it-used:moves');
  const container = (await docker(['create', 'it-used:moves', '/none'])).trim();
  await expectUsed(old.id, old.since);
  const next = await made('it-used:next');
  await docker(['tag', 'it-used:next', 'it-used:moves']);
  await app.until(() => app.images.list?.images.find(({ id }) => id === next.id)?.references.includes(ownName('it-used:moves')) ?? false);
  const since = Date.now();
  await docker(['rm', container]);
  await expectUsed(old.id, since);
  expect(await lastUse(next.id)).toBeLessThan(since);
});
