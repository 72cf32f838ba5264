import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Task } from '../../contract/task.ts';
import { KeptTransfers } from '../../main/tasks/kept-transfers.ts';
import { WorkFolder } from '../support/work-folder.ts';

const pull = (state: Task['state'], more: Partial<Task> = {}): Task => ({
  id: randomUUID(),
  kind: 'pull',
  title: 'Get a:1',
  request: { kind: 'pull', reference: 'a:1' },
  state,
  createdAt: 1,
  progress: { phase: 'downloading', layers: [{ id: 'a', state: 'done' }] },
  logLines: 7,
  ...more,
});

async function keptIn(file: string): Promise<Task[]> {
  return new KeptTransfers(file).load();
}

test('finished transfers are there after a restart as they ended; running ones are said to have an unseen end', async () => {
  using folder = new WorkFolder();
  const kept = new KeptTransfers(folder.file('transfers.json'));
  const [done, cut, waiting] = [pull('running'), pull('running'), pull('queued')];
  for (const task of [done, cut, waiting]) kept.notice(task);
  kept.notice({ ...done, state: 'succeeded', result: { kind: 'pull', reference: 'a:1', alreadyUpToDate: false } });
  await kept.close();
  const later = await keptIn(folder.file('transfers.json'));
  expect(later.map(({ id, state, failure }) => [id, state, failure?.title])).toEqual([
    [done.id, 'succeeded', undefined],
    [cut.id, 'failed', 'Layerdeck was closed'],
    [waiting.id, 'failed', 'Layerdeck was closed'],
  ]);
  expect(later[0]).toMatchObject({ logLines: 0, progress: { phase: 'downloading' }, result: { reference: 'a:1' } });
  expect(later[0]?.progress.layers).toBeUndefined();
});

test('transfers removed from the list are forgotten, builds and tags are not stored, and a hundred are enough', async () => {
  using folder = new WorkFolder();
  const kept = new KeptTransfers(folder.file('transfers.json'));
  const all = Array.from({ length: 103 }, () => pull('succeeded'));
  for (const task of all) kept.notice(task);
  kept.notice(pull('succeeded', { kind: 'tag', request: { kind: 'tag', image: `sha256:${'0'.repeat(64)}`, reference: 'a:2' } }));
  kept.forget(all[102]?.id ?? '');
  await kept.close();
  expect((await keptIn(folder.file('transfers.json'))).map(({ id }) => id)).toEqual(all.slice(3, 102).map(({ id }) => id));
});

test.each(['{ half', '{}', '[{"id":1}]', ''])('a file that cannot be read (%j) counts as no history', async (broken) => {
  using folder = new WorkFolder();
  writeFileSync(folder.file('transfers.json'), broken);
  expect(await keptIn(folder.file('transfers.json'))).toEqual([]);
});
