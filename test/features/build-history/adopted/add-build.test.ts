import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BuildHistory } from '../../../../main/features/build-history/build-history.ts';
import { BuildStore } from '../../../../main/features/build-history/build-store.ts';
import { summarise } from '../../../../main/features/build-history/kept-build.ts';
import type { RecordedBuild } from '../../../../main/foundation/buildkit/recorded-build.ts';
import type { Engine } from '../../../../main/foundation/engine/open-engine.ts';
import { endedBuild, keptBuild } from '../../../support/kept-build.ts';
import { WorkFolder } from '../../../support/work-folder.ts';

const span = { startedAt: 1000, endedAt: 2000 };

const recorded = (step = 1100.25): RecordedBuild => ({
  origin: 'other',
  dockerfile: { path: 'Dockerfile', text: 'FROM a\n' },
  references: ['a:1'],
  args: { API_TOKEN: 'very-secret-indeed', WHO: 'them' },
  labels: {},
  noCache: false,
  progress: { builder: 'buildkit', steps: [{ id: 's', instruction: 'FROM a', number: 1, state: 'built', startedAt: step }] },
  ...span,
  end: { state: 'succeeded', imageId: 'sha256:1' },
});

const engine = {} as Engine; // it is only handed on

async function historyIn(root: string): Promise<BuildHistory> {
  const history = new BuildHistory({ root, readLayers: async () => [] });
  await history.load();
  return history;
}

const idsOf = ({ summaries }: BuildHistory) => summaries.map(({ id }) => id);

test('a build from a file is in the list once, is marked, and keeps no secret; nothing of a second time is left', async () => {
  using folder = new WorkFolder();
  const history = await historyIn(folder.file('builds'));
  const both = await Promise.all(
    [1, 2].map(() =>
      history.add({ ref: 'r', ...span }, undefined, async (log) => {
        log('a line', { step: 's' });
        return recorded();
      }),
    ),
  );
  const [{ id = '' } = {}] = both;
  expect(both).toEqual([
    { id, isNew: true },
    { id, isNew: false },
  ]);
  expect(history.summaries).toMatchObject([{ id, origin: 'file', state: 'succeeded', references: ['a:1'] }]);
  const { withheldArgs, hasLog, task } = await history.record(id);
  expect([withheldArgs, hasLog, task.request]).toEqual([['API_TOKEN'], true, expect.objectContaining({ args: { WHO: 'them' } })]);
  expect(JSON.stringify(await history.read(id))).not.toContain('very-secret-indeed');
  expect(readdirSync(folder.file('builds')).filter((name) => name.length === 36)).toEqual([id]);
  const later = await historyIn(folder.file('builds'));
  expect(await later.add({ ref: 'r', ...span }, undefined, async () => recorded())).toEqual({ id, isNew: false });
});

test('what an engine has told is not added from a file, nor told again by the engine when the file was first', async () => {
  using folder = new WorkFolder();
  const history = await historyIn(folder.file('builds'));
  await history.adopt({ engine, identity: 'e', ref: 'first', ...span }, async () => recorded());
  const [told = ''] = idsOf(history);
  expect(await history.add({ ref: 'first', ...span }, engine, async () => recorded())).toEqual({ id: told, isNew: false });
  const { id } = await history.add({ ref: 'second', ...span }, engine, async () => recorded(1200));
  await history.adopt({ engine, identity: 'e', ref: 'second', ...span }, async () => recorded(1200));
  expect(idsOf(history).toSorted()).toEqual([told, id].toSorted());
  // another engine of the same builder has an account of its own, by the same name
  const other = { startedAt: 1001, endedAt: 2000 };
  expect(await history.add({ ref: 'first', ...other }, engine, async () => recorded(1300))).toMatchObject({ isNew: true });
});

test('a build of Layerdeck’s own is found by its name, one stored without it by all of its steps', async () => {
  using folder = new WorkFolder();
  const store = new BuildStore(folder.file('builds'));
  await store.load();
  const own = async (id: string, ref: string | undefined, starts: number[]) => {
    const steps = starts.map((startedAt, place) => ({ id: `s${place}`, instruction: 'RUN x', state: 'built' as const, startedAt }));
    const task = { ...endedBuild(id, 1000), progress: { phase: 'building' as const, build: { builder: 'buildkit' as const, steps } } };
    await store.keep({ ...keptBuild(id, 1000), task, ...(ref && { ref }) }, summarise(task, '/project'));
  };
  await own('named', 'mine', [7]);
  await own('unnamed', undefined, [1100.25, 1300]);
  const history = await historyIn(folder.file('builds'));
  const told = (...starts: number[]): RecordedBuild => ({
    ...recorded(),
    progress: {
      builder: 'buildkit',
      steps: starts.map((startedAt, place) => ({ id: `s${place}`, instruction: 'RUN x', number: 1, state: 'built', startedAt })),
    },
  });
  expect(await history.add({ ref: 'mine', ...span }, engine, async () => told(9))).toEqual({ id: 'named', isNew: false });
  expect(await history.add({ ref: 'x', ...span }, engine, async () => told(1100.25, 1300, 1400))).toEqual({ id: 'unnamed', isNew: false });
  // two builds at a time share a step that both need
  expect(await history.add({ ref: 'y', ...span }, engine, async () => told(1100.25, 1301))).toMatchObject({ isNew: true });
});

test('what was forgotten comes back from its file, and a damaged file leaves nothing behind', async () => {
  using folder = new WorkFolder();
  const history = await historyIn(folder.file('builds'));
  const add = () => history.add({ ref: 'r', ...span }, undefined, async () => recorded());
  const { id } = await add();
  await history.forget([id]);
  await history.adopt({ engine, identity: 'e', ref: 'r', ...span }, async () => recorded());
  expect(idsOf(history)).toEqual([]);
  expect(await add()).toEqual({ id, isNew: true });
  const broken = history.add({ ref: 'b', ...span }, undefined, async (log) => {
    log('half');
    throw new Error('damaged');
  });
  await expect(broken).rejects.toThrow('damaged');
  expect(await history.add({ ref: 'c', ...span }, undefined, async () => recorded(5))).toMatchObject({ isNew: true });
  expect(readdirSync(folder.file('builds')).filter((name) => name.length === 36)).toHaveLength(2);
});

test('builds from files push out no others, and of themselves the oldest only', async () => {
  using folder = new WorkFolder();
  const store = new BuildStore(folder.file('builds'));
  await store.load();
  for (let one = 0; one < 200; one++)
    await store.keep(keptBuild(`b${one}`, 10_000 + one), summarise(endedBuild(`b${one}`, 10_000 + one), '/project'));
  const history = await historyIn(folder.file('builds'));
  const added: string[] = [];
  for (let one = 0; one < 52; one++) {
    const at = { startedAt: 1000 + one, endedAt: 2000 + one };
    const { id } = await history.add({ ref: `old${one}`, ...at }, undefined, async () => ({ ...recorded(one), ...at }));
    added.push(id);
    expect(idsOf(history)).toContain(id);
  }
  expect(idsOf(history)).toHaveLength(250);
  expect(idsOf(history)).toContain('b0');
  expect(added.filter((id) => !idsOf(history).includes(id))).toEqual(added.slice(0, 2));
});
