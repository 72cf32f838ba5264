import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BuildStore } from '../../../main/build/history/build-store.ts';
import { summarise } from '../../../main/build/history/kept-build.ts';
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

test('more than two hundred are too many: the oldest go', async () => {
  using folder = new WorkFolder();
  const store = new BuildStore(folder.file('builds'));
  await store.load();
  for (let i = 0; i < 200; i++) await keep(store, `b${i}`, i);
  expect(await keep(store, 'new', 999)).toEqual(['b0']);
  expect(store.summaries).toHaveLength(200);
  expect(existsSync(folder.file('builds/b0'))).toBe(false);
});

test('what a killed app left is swept away, and a broken index is no index', async () => {
  using folder = new WorkFolder({ 'builds/index.json': '{ half' });
  mkdirSync(folder.file('builds/left'), { recursive: true });
  folder.write('builds/left/log', 'x');
  const store = new BuildStore(folder.file('builds'));
  await store.load();
  expect(store.summaries).toEqual([]);
  expect(existsSync(folder.file('builds/left'))).toBe(false);
});

test.each(['{"cut', '{"a":1}', ''])('an index that cannot be read (%j) is made anew out of the builds', async (broken) => {
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
