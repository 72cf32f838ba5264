import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TagDetails } from '../../../../contract/registry-browse.ts';
import { byTag, nextSort, sortTags } from '../../../../renderer/features/registry/browse/sort-tags.ts';
import type { KnownTag } from '../../../../renderer/features/registry/browse/tag-reader.ts';

const details = (createdAt: number | undefined, size: number): KnownTag => ({
  details: { digest: 'sha256:x', kind: 'image', ids: [], size, ...(createdAt !== undefined && { createdAt }) } as TagDetails,
});

test('the newest or the largest come first, a second press turns it round, and what isn’t known comes last either way', () => {
  const known = fc.option(fc.record({ at: fc.option(fc.nat(5), { nil: undefined }), size: fc.nat(5) }), { nil: undefined });
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { maxLength: 12 }), fc.array(known, { minLength: 12, maxLength: 12 }), (tags, facts) => {
      const get = (tag: string) => {
        const fact = facts[tags.indexOf(tag)];
        return fact && details(fact.at, fact.size);
      };
      for (const by of ['built', 'size'] as const) {
        const value = (tag: string) => {
          const fact = facts[tags.indexOf(tag)];
          return by === 'built' ? fact?.at : fact?.size;
        };
        const once = nextSort(byTag, by);
        for (const sort of [once, nextSort(once, by)]) {
          const sorted = sortTags(tags, sort, get);
          expect([...sorted].sort()).toEqual([...tags].sort());
          const values = sorted.map(value);
          const firstUnknown = values.indexOf(undefined);
          const figures = values.slice(0, firstUnknown < 0 ? values.length : firstUnknown) as number[];
          expect(values.slice(figures.length).every((one) => one === undefined)).toBe(true);
          expect(figures).toEqual([...figures].sort((one, other) => (sort.isReversed ? one - other : other - one)));
        }
      }
    }),
    { seed: 20261201 },
  );
});

test('by name, tags stay as they come, or turned round', () => {
  expect(sortTags(['b', 'a'], byTag, () => undefined)).toEqual(['b', 'a']);
  expect(sortTags(['b', 'a'], nextSort(byTag, 'tag'), () => undefined)).toEqual(['a', 'b']);
  expect(nextSort(nextSort(byTag, 'tag'), 'tag')).toEqual(byTag);
});
