import { expect, test } from 'vitest';
import { cleanUp } from '../../../main/features/disk/clean-up.ts';
import type { Engine } from '../../../main/foundation/engine/open-engine.ts';

const ids = ['1', '2', '3'].map((digit) => `sha256:${digit.repeat(64)}`);
const choice = { images: ids.map((id) => ({ id, references: [`app:${id[7]}`] })), records: [], containers: [] };

/** A clean-up of three images that is stopped once so many are gone. */
async function stoppedAfter(number: number) {
  const stop = new AbortController();
  const gone: string[] = [];
  if (number === 0) stop.abort();
  const help = {
    images: new Map(),
    freed: async () => ({ bytes: 1000 * gone.length }),
    removeImage: async ({ id }: { id: string }) => {
      gone.push(id);
      if (gone.length === number) stop.abort();
    },
  };
  const context = { id: 't', signal: stop.signal, report: () => {}, log: () => {} };
  return cleanUp({} as Engine, choice, help, context);
}

test('a clean-up that is stopped tells what is gone, so that it can be brought back, and how much it left', async () => {
  const { gone, freed, kept } = await stoppedAfter(1);
  expect(gone.images.map(({ references }) => references)).toEqual([['app:1']]);
  expect(freed).toEqual({ bytes: 1000 });
  expect(kept).toEqual([{ what: '2 things', why: 'The clean-up was stopped before that' }]);
});

test('stopped before anything is gone, it is only cancelled; after everything, nothing was left', async () => {
  await expect(stoppedAfter(0)).rejects.toMatchObject({ name: 'AbortError' });
  expect((await stoppedAfter(3)).kept).toEqual([]);
});
