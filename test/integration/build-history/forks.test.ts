import { expect, test } from 'vitest';
import type { RowFork } from '../../../contract/cache-fork.ts';
import { readForks } from '../../../main/features/build-history/read-forks.ts';
import { readBuiltLayers } from '../../../main/features/images/built-layers.ts';
import { makeCommands } from '../../../tools/engine/docker-command.ts';
import { pythonClients } from '../../support/engines/other-clients.ts';
import { base, builders, host, traits } from '../../support/engines/own-engine.ts';
import { giveTo, packedFolder } from '../../support/fork-truth.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import type { WorkFolder } from '../../support/work-folder.ts';

// Builds of the history and images of the engine, as the window asks for them.

const connected = (builder: TestApp['builder']) => startApp(host, { builder });

async function build(app: TestApp, folder: WorkFolder, reference: string): Promise<string> {
  const { id, state } = await app.run({
    kind: 'build',
    folder: app.readable(folder.path),
    dockerfile: 'Dockerfile',
    references: [reference],
  });
  expect(state).toBe('succeeded');
  return id;
}

const forksOf = (app: TestApp, builds: string[], images: string[], signal?: AbortSignal) => {
  const readImage = async (id: string) => ({ title: id, layers: await readBuiltLayers(app.connection.engine, id) });
  const options = { history: app.history, engine: app.connection.current, builds, images, readImage };
  return readForks(app.connection.engine, options, signal);
};

async function told(...args: Parameters<typeof forksOf>): Promise<RowFork[]> {
  const events = await Array.fromAsync(forksOf(...args));
  return events.flatMap((event) => (event.kind === 'told' ? event.rows : []));
}

test.runIf(traits.cacheSeesPacking)('what a build was recorded to copy helps to prove how another program packed it', async () => {
  await using app = await connected('classic');
  using folder = packedFolder(base, 'COPY src /dst/', { 'src/a': 'a' });
  giveTo(folder.path, 1000);
  const own = await build(app, folder, 'it-forks-own:1');
  const script = (await pythonClients()).find(({ name }) => name === 'a script with python3-docker');
  await script?.build({ host, folder: folder.path, reference: 'it-forks-script:1' });
  const { Id } = await app.connection.engine.docker.getImage('it-forks-script:1').inspect();
  const packed = [
    { uid: 0, source: 'src' },
    { uid: 1000, source: 'src' },
  ];
  expect(await told(app, [own], [Id])).toMatchObject([{ kind: 'fork', digests: 'different', packed }]);
});

test.each(builders)('%s: a changed file is named; an image that is gone is said to be gone', async (builder) => {
  await using app = await connected(builder === 'classic' ? 'classic' : 'automatic');
  using folder = packedFolder(base, 'COPY a b /', { a: 'before', b: 'b' });
  const before = await build(app, folder, 'it-forks-before:1');
  folder.write('a', 'after');
  const after = await build(app, folder, 'it-forks-after:1');
  const differences = [{ aspect: 'content', count: 1, examples: ['a'] }, { aspect: 'time' }];
  const [fork] = await told(app, [before, after], []);
  expect(fork).toMatchObject({ kind: 'fork', layers: { kind: 'different' } });
  const named = fork?.kind === 'fork' && fork.layers.kind === 'different' ? fork.layers.differences : [];
  // its date differs, too, unless it was written within the same second
  expect(named).toMatchObject(differences.slice(0, named.length));
  expect(named.length).toBeGreaterThan(0);

  await makeCommands(host).docker(['rmi', 'it-forks-before:1']);
  expect(await told(app, [before, after], [])).toMatchObject([{ kind: 'fork', layers: { kind: 'gone' } }]);
});

test('a stop ends the reading of a large image', async () => {
  await using app = await connected('classic');
  using folder = packedFolder(base, 'RUN head -c 300000000 /dev/zero > /large\nCOPY a /', { a: 'before' });
  const before = await build(app, folder, 'it-forks-large:1');
  folder.write('a', 'after');
  const after = await build(app, folder, 'it-forks-large:2');
  const stop = new AbortController();
  const seen: string[] = [];
  const reading = async () => {
    for await (const { kind } of forksOf(app, [before, after], [], stop.signal)) {
      seen.push(kind);
      stop.abort(new Error('enough'));
    }
  };
  await expect(reading()).rejects.toThrow(/enough|aborted/);
  expect(new Set(seen)).toEqual(new Set(['reading']));
  // and it can be started again
  expect(await told(app, [before, after], [])).toMatchObject([{ kind: 'fork', layers: { kind: 'different' } }]);
});
