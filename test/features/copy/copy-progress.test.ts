import { array, assert, constantFrom, integer, nat, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import type { Progress } from '../../../contract/task.ts';
import { CopyProgress } from '../../../main/features/copy/copy-progress.ts';
import type { ContentBlob } from '../../../main/features/copy/image-content.ts';

const blob = (digest: string, size: number, kind: ContentBlob['kind'] = 'layer'): ContentBlob => ({
  digest,
  size,
  kind,
  mediaType: '',
  open: () => Promise.reject(new Error('not opened here')),
});

function follow(blobs: ContentBlob[]) {
  const seen: Progress[] = [];
  return { seen, progress: new CopyProgress(blobs, 'uploading', (now) => seen.push(now)) };
}

test('layers that are already there are not part of the work, and the moved ones are counted without the configuration', () => {
  const { seen, progress } = follow([blob('sha256:c', 10, 'config'), blob('sha256:a', 100), blob('sha256:b', 300)]);
  progress.ended('sha256:a', 'there-already');
  progress.moved('sha256:b', 155);
  expect(seen.at(-1)).toMatchObject({ fraction: 0.5, bytes: { done: 155, total: 310 } });
  progress.ended('sha256:b', 'done');
  progress.ended('sha256:c', 'done');
  expect(progress.summary()).toEqual({ sentLayers: 1, sentBytes: 300, presentLayers: 1 });
  expect(seen.at(-1)?.layers?.map(({ id, state }) => [id, state])).toEqual([
    ['a', 'there-already'],
    ['b', 'done'],
  ]);
});

test('a configuration that has to wait is shown, with its countdown', () => {
  const { seen, progress } = follow([blob('sha256:c', 10, 'config')]);
  progress.waiting('sha256:c', 3);
  expect(seen.at(-1)?.layers).toMatchObject([{ state: 'retrying', retryInSeconds: 3 }]);
  progress.waiting('sha256:c', 0);
  expect(seen.at(-1)?.layers).toEqual([]);
});

test('whatever happens in whatever order, the fraction stays between 0 and 1', () => {
  const digests = ['sha256:a', 'sha256:b', 'sha256:c', 'sha256:unknown'] as const;
  const step = tuple(
    constantFrom(...digests),
    constantFrom('moved', 'waiting', 'done', 'there-already', 'mounted'),
    integer({ min: -5, max: 5000 }),
  );
  assert(
    property(array(step), nat(1000), (steps, size) => {
      const { seen, progress } = follow([blob('sha256:a', size), blob('sha256:b', 1), blob('sha256:c', 7, 'config')]);
      for (const [digest, what, number] of steps) {
        if (what === 'moved') progress.moved(digest, number);
        else if (what === 'waiting') progress.waiting(digest, number);
        else progress.ended(digest, what);
      }
      progress.finishing();
      for (const { fraction = 0 } of seen) expect(fraction >= 0 && fraction <= 1).toBe(true);
    }),
  );
});
