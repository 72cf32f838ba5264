import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TagDetails } from '../../../../contract/registry-browse.ts';
import { apart, joinTags, tagsOf } from '../../../../renderer/features/registry/browse/join-tags.ts';
import type { KnownTag } from '../../../../renderer/features/registry/browse/tag-reader.ts';

test('tags stand together exactly if they are of one image, each once, and no image loses its place', () => {
  const digests = fc.array(fc.option(fc.constantFrom('sha256:a', 'sha256:b', 'sha256:c'), { nil: undefined }), {
    minLength: 10,
    maxLength: 10,
  });
  fc.assert(
    fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{1,2}$/), { maxLength: 10 }), digests, (tags, under) => {
      const digestOf = (tag: string) => under[tags.indexOf(tag)];
      const get = (tag: string): KnownTag | undefined => {
        const digest = digestOf(tag);
        return digest === undefined ? undefined : { details: { digest } as TagDetails };
      };
      const { rows, joined } = joinTags(tags, get);
      expect(tagsOf(rows, joined).sort()).toEqual([...tags].sort());
      expect(rows).toEqual(tags.filter((tag) => rows.includes(tag)));
      for (const row of rows) {
        const together = tagsOf([row], joined);
        const digest = digestOf(row);
        expect(together).toEqual(digest === undefined ? [row] : tags.filter((tag) => digestOf(tag) === digest));
      }
    }),
    { seed: 20261201 },
  );
  expect(tagsOf(['a', 'b'], apart)).toEqual(['a', 'b']);
});
