import { expect, test } from 'vitest';
import type { ImageSummary } from '../../../../contract/image.ts';
import { comparedSides } from '../../../../renderer/features/images/compared-sides.ts';
import { deriveRows } from '../../../../renderer/features/images/image-row.ts';

const image = (name: string, createdAt: number): ImageSummary => ({
  id: `sha256:${name}`,
  references: [name],
  digests: [],
  size: 1,
  createdAt,
  usedBy: [],
});
const namesOf = (...images: ImageSummary[]) => comparedSides(deriveRows(images)).map((side) => side?.name);

test('the older image comes first, whatever the list is sorted by', () => {
  expect(namesOf(image('a:2', 2000), image('a:1', 1000))).toEqual(['a:1', 'a:2']);
  expect(namesOf(image('a:1', 2000), image('a:2', 1000))).toEqual(['a:2', 'a:1']);
});

test('of two made in the same second, the lower number comes first', () => {
  expect(namesOf(image('a:10', 1000), image('a:9', 1000))).toEqual(['a:9', 'a:10']);
});

test('an image of another engine is told by its place', () => {
  const rows = [...deriveRows([image('a:1', 2000)], 'ssh://me@build.example'), ...deriveRows([image('a:1', 1000)])];
  expect(comparedSides(rows).map((side) => side?.from)).toEqual([
    { kind: 'engine', image: 'sha256:a:1' },
    { kind: 'engine', image: 'sha256:a:1', at: 'ssh://me@build.example' },
  ]);
});
