import { expect, test } from 'vitest';
import type { Task } from '../../../contract/task.ts';
import { BuildHistory } from '../../../main/features/build-history/build-history.ts';
import { BuildStore } from '../../../main/features/build-history/build-store.ts';
import { summarise } from '../../../main/features/build-history/kept-build.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const historyIn = (root: string) => new BuildHistory({ root, readLayers: async () => [] });

async function keep(store: BuildStore, id: string, startedAt: number, endedAt: number): Promise<void> {
  const task: Task = {
    id,
    kind: 'build',
    title: 'Build a:1',
    request: { kind: 'build', folder: '', dockerfile: 'Dockerfile', references: ['a:1'] },
    result: { kind: 'build', imageId: 'i', references: ['a:1'], steps: 1, cachedSteps: 0 },
    state: 'succeeded',
    createdAt: startedAt,
    startedAt,
    endedAt,
    progress: { phase: 'building' },
    logLines: 0,
  };
  const more = { secretFiles: {}, argDigests: {}, hasIgnoreFile: false, bases: {}, engine: 'e', knownSeconds: {} };
  const build = { version: 1 as const, task, folder: '/p', dockerfile: { path: 'Dockerfile', text: 'FROM a' }, ...more };
  await store.keep(build, summarise(task, '/p'));
}

test('a build is compared with the last one that had ended when it began, not with one running beside it', async () => {
  using folder = new WorkFolder();
  const store = new BuildStore(folder.file('builds'));
  await store.load();
  await keep(store, 'first', 1000, 2000);
  await keep(store, 'quick', 3500, 4000);
  await keep(store, 'slow', 3000, 9000);
  await keep(store, 'last', 9000, 9500);
  const history = historyIn(folder.file('builds'));
  await history.load();
  const before = async (id: string) => (await history.before(id))?.task.id;
  expect(await Promise.all(['first', 'quick', 'slow', 'last'].map(before))).toEqual([undefined, 'first', 'first', 'slow']);
});

test('a folder that nothing can be kept in costs the history, not the app', async () => {
  using folder = new WorkFolder({ builds: 'a file' });
  const history = historyIn(folder.file('builds'));
  await history.load();
  expect(history.summaries).toEqual([]);
});
