import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BuildStore } from '../../../main/features/build-history/build-store.ts';
import { summarise } from '../../../main/features/build-history/kept-build.ts';
import { endedBuild, keptBuild } from '../../support/kept-build.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const keep = (store: BuildStore, id: string, createdAt: number) =>
  store.keep(keptBuild(id, createdAt), summarise(endedBuild(id, createdAt), '/project'));

test('what was kept is there after a restart, newest first, and gone when it is forgotten', async () => {
  using folder = new WorkFolder();
  const store = new BuildStore(folder.file('builds'));
  await store.load();
  await keep(store, 'one', 1);
  await keep(store, 'two', 2);
  const later = new BuildStore(folder.file('builds'));
  await later.load();
  expect(later.summaries.map(({ id, seconds, folder: { name } }) => [id, seconds, name])).toEqual([
    ['two', 1.5, 'project'],
    ['one', 1.5, 'project'],
  ]);
  expect((await later.read('one')).dockerfile.text).toBe('FROM a');
  await later.forget(['one']);
  await expect(later.read('one')).rejects.toThrow();
  expect(readdirSync(folder.file('builds')).sort()).toEqual(['index.json', 'two']);
});

test('more than two hundred builds are too many: the oldest go', async () => {
  using folder = new WorkFolder();
  const store = new BuildStore(folder.file('builds'));
  await store.load();
  for (let i = 0; i < 200; i++) await keep(store, `b${i}`, i);
  expect(await keep(store, 'new', 999)).toEqual(['b0']);
  expect(store.summaries).toHaveLength(200);
  expect(existsSync(folder.file('builds/b0'))).toBe(false);
});

test('what a killed app left behind is removed, and a broken index counts as none', async () => {
  using folder = new WorkFolder({ 'builds/index.json': '{ half' });
  mkdirSync(folder.file('builds/left'), { recursive: true });
  folder.write('builds/left/log', 'x');
  const store = new BuildStore(folder.file('builds'));
  await store.load();
  expect(store.summaries).toEqual([]);
  expect(existsSync(folder.file('builds/left'))).toBe(false);
});

test.each(['{"cut', '{"a":1}', ''])('an index that cannot be read (%j) is made again from the builds', async (broken) => {
  using folder = new WorkFolder();
  const store = new BuildStore(folder.file('builds'));
  await store.load();
  await keep(store, 'one', 1);
  await keep(store, 'two', 2);
  folder.write('builds/index.json', broken);
  folder.write('builds/half/log', 'never finished');
  const later = new BuildStore(folder.file('builds'));
  await later.load();
  expect(later.summaries.map(({ id }) => id)).toEqual(['two', 'one']);
  expect(existsSync(folder.file('builds/half'))).toBe(false);
  await keep(later, 'three', 3);
  expect((await later.read('one')).folder).toBe('/project');
});

const idsAfterRestart = async (folder: WorkFolder): Promise<string[]> => {
  const store = new BuildStore(folder.file('builds'));
  await store.load();
  return store.summaries.map(({ id }) => id);
};

async function withTwo(folder: WorkFolder): Promise<void> {
  const store = new BuildStore(folder.file('builds'));
  await store.load();
  await keep(store, 'one', 1);
  await keep(store, 'two', 2);
}

test('a build that an older index does not name is found, not erased', async () => {
  using folder = new WorkFolder();
  const store = new BuildStore(folder.file('builds'));
  await store.load();
  await keep(store, 'one', 1);
  const older = readFileSync(folder.file('builds/index.json'));
  await keep(store, 'two', 2);
  folder.write('builds/index.json', older);
  expect(await idsAfterRestart(folder)).toEqual(['two', 'one']);
});

test.each([
  '[null]',
  '[null,{"id":"one"}]',
  '[{"id":"../outside","createdAt":1}]',
  '["one"]',
  '[[]]',
  '[{"id":"one","folder":null}]',
  '{}',
])('an index of %s loses nothing', async (index) => {
  using folder = new WorkFolder({ 'outside/build.json': 'not ours' });
  await withTwo(folder);
  folder.write('builds/index.json', index);
  expect(await idsAfterRestart(folder)).toEqual(['two', 'one']);
  expect(existsSync(folder.file('outside/build.json'))).toBe(true);
});

test('a build that cannot be read now is not shown, and is not erased either', async () => {
  using folder = new WorkFolder();
  await withTwo(folder);
  folder.write('builds/index.json', '[]');
  folder.write('builds/one/build.json', '{"cut');
  folder.write('builds/notes/of a person.txt', 'not ours');
  folder.write('builds/a file', 'not ours');
  expect(await idsAfterRestart(folder)).toEqual(['two']);
  for (const file of ['one/build.json', 'notes/of a person.txt', 'a file']) expect(existsSync(folder.file(`builds/${file}`))).toBe(true);
});

test('a forgotten build does not come back, even if the app ended before the index was written', async () => {
  using folder = new WorkFolder();
  await withTwo(folder);
  const before = readFileSync(folder.file('builds/index.json'));
  const store = new BuildStore(folder.file('builds'));
  await store.load();
  await store.forget(['one', '../outside']);
  expect(await idsAfterRestart(folder)).toEqual(['two']);
  folder.write('builds/index.json', before);
  expect(await idsAfterRestart(folder)).toEqual(['two']);
});

test('whatever is in the index, no whole build is lost', async () => {
  const line = fc.oneof(fc.json(), fc.constantFrom('{"id":"one"}', '{"id":"two","bytes":1}', 'null'));
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string(),
        fc.array(line).map((lines) => `[${lines.join()}]`),
      ),
      async (index) => {
        using folder = new WorkFolder();
        await withTwo(folder);
        folder.write('builds/index.json', index);
        expect((await idsAfterRestart(folder)).sort()).toEqual(['one', 'two']);
      },
    ),
    { numRuns: 100, seed: 9 },
  );
});
