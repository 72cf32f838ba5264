import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Task } from '../../../contract/task.ts';
import { host, ownNameOfLoaded } from '../../support/engines/own-engine.ts';
import { layeredArchive, type MadeLayer, makeLayer } from '../../support/layered-archive.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const rowOf = (app: TestApp, reference: string) => app.images.list?.images.find(({ references }) => references.includes(reference));

/** A file with layers that are large enough to be caught in the middle. */
async function makeFile(folder: WorkFolder, reference: string): Promise<{ path: string; layers: MadeLayer[] }> {
  const layers = await Promise.all([1, 2, 3].map((number) => makeLayer(`${randomUUID()}`, number * 20_000_000)));
  return { path: folder.write('image.tar', await layeredArchive([{ reference, layers }])), layers };
}

const moments: [name: string, isReached: (task: Task) => boolean][] = [
  ['while its file is sent', ({ progress }) => (progress.bytes?.done ?? 0) > 1_000_000],
  ['while the engine unpacks it', ({ progress }) => progress.phase === 'unpacking'],
];

test.each(moments)('a load that was cancelled %s is done again, and whole', async (_, isReached) => {
  await using app = await startApp(host);
  using folder = new WorkFolder();
  const reference = ownNameOfLoaded(`it-again:${randomUUID()}`);
  const { path, layers } = await makeFile(folder, reference);
  const id = app.tasks.start({ kind: 'load', archive: app.readable(path) });
  await app.until(() => isReached(app.tasks.task(id)) || app.tasks.task(id).endedAt !== undefined);
  app.tasks.cancel(id);
  // one that is about to end may get there first
  expect(['cancelled', 'succeeded']).toContain((await app.ended(id)).state);
  const again = await app.run({ kind: 'load', archive: app.readable(path) });
  expect(again, JSON.stringify(again.failure)).toMatchObject({ state: 'succeeded', result: { loaded: [reference] } });
  expect(again.result).not.toHaveProperty('differences');
  const { docker } = app.connection.engine;
  expect((await docker.getImage(reference).inspect()).RootFS.Layers).toEqual(layers.map(({ diffId }) => diffId));
  // an engine may say that it has layers that it lacks: only a container shows that they are there
  const container = await docker.createContainer({ Image: reference, Cmd: ['/x'] });
  const stream = await container.getArchive({ path: '/' });
  let bytes = 0;
  for await (const chunk of stream) bytes += (chunk as Buffer).length;
  expect(bytes).toBeGreaterThan(120_000_000);
  await container.remove();
  await app.until(() => rowOf(app, reference) !== undefined);
  expect(await app.run({ kind: 'remove', images: [rowOf(app, reference)?.id ?? ''] })).toMatchObject({ state: 'succeeded' });
});

test('an image that is loaded without a name has a row without one, and is removed like any other', async () => {
  await using app = await startApp(host);
  using folder = new WorkFolder();
  const reference = ownNameOfLoaded(`it-unnamed:${randomUUID()}`);
  const path = folder.write('image.tar', await layeredArchive([{ reference, layers: [await makeLayer(randomUUID(), 100_000)] }]));
  const task = await app.run({ kind: 'load', archive: app.readable(path), keptBack: [reference] });
  expect(task.failure).toBeUndefined();
  const [id = ''] = task.result?.kind === 'load' ? task.result.loaded : [];
  expect(id).toMatch(/^sha256:/);
  const rows = () => app.images.list?.images.filter((image) => image.id === id) ?? [];
  await app.until(() => rows()[0]?.ownSize !== undefined);
  expect(rows()).toMatchObject([{ references: [], digests: [] }]);
  expect(await app.run({ kind: 'remove', images: [id] })).toMatchObject({ state: 'succeeded' });
  await app.until(() => rows().length === 0);
});
