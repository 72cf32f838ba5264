import { expect, test } from 'vitest';
import type { Fact, Snapshot } from '../../contract/fact.ts';
import { defaultSettings } from '../../contract/settings.ts';
import { FactStream } from '../../main/procedures/fact-stream.ts';

const snapshot: Snapshot = {
  engine: { state: 'searching' },
  beside: [],
  questions: [],
  tasks: [],
  others: [],
  builds: [],
  registry: { state: 'unknown' },
  otherRegistries: [],
  trials: [],
  settings: defaultSettings,
  newer: [],
  tagMoves: 0,
};
const opened = (name: string): Fact => ({
  kind: 'files-opened',
  files: [{ name, path: `/${name}`, grant: '', size: 1, kind: 'tarball' }],
});

test('facts that have to wait for a window come right after its snapshot, in order, and at once while one listens', async () => {
  const facts = new FactStream(() => snapshot);
  const tellWhenFollowed = (name: string) => facts.whenFollowed(() => facts.publish(opened(name)));
  tellWhenFollowed('a.tar');
  tellWhenFollowed('b.tar');
  const stop = new AbortController();
  const told = facts.follow(stop.signal);
  expect((await told.next()).value).toEqual({ kind: 'snapshot', snapshot });
  expect((await told.next()).value).toEqual(opened('a.tar'));
  expect((await told.next()).value).toEqual(opened('b.tar'));
  tellWhenFollowed('c.tar');
  expect((await told.next()).value).toEqual(opened('c.tar'));
  stop.abort();
});

test('once the window has gone, facts wait for the next one', async () => {
  const facts = new FactStream(() => snapshot);
  const first = new AbortController();
  const gone = facts.follow(first.signal);
  await gone.next();
  first.abort();
  await gone.return(undefined);
  let isTold = false;
  facts.whenFollowed(() => {
    isTold = true;
  });
  expect(isTold).toBe(false);
  const next = facts.follow(undefined);
  await next.next();
  void next.next();
  await expect.poll(() => isTold).toBe(true);
});
