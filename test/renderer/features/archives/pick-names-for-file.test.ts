import { expect, it } from 'vitest';
import { countImages, pickNamesForFile } from '../../../../renderer/features/archives/pick-names-for-file.ts';

const many = (images: number, each: number, long = '') => {
  const pairs = Array.from({ length: images }, (_, image) =>
    Array.from({ length: each }, (__, tag) => [`app${long}-${image}:${tag}`, `image ${image}`] as const),
  ).flat();
  return { names: pairs.map(([name]) => name), imageOf: new Map(pairs) };
};

it('takes all names if the engine can', () => {
  const { names, imageOf } = many(505, 10);
  expect(pickNamesForFile(names, imageOf)).toBe(names);
});

it('takes a name of every image before a second name of any, in the order given', () => {
  const { names, imageOf } = many(2000, 10);
  const taken = pickNamesForFile(names, imageOf);
  expect(taken).toHaveLength(10_000);
  expect(countImages(taken, imageOf)).toBe(2000);
  expect(taken).toEqual(names.filter((name) => taken.includes(name)));
});

it('keeps the request short enough, however long the names are', () => {
  const { names, imageOf } = many(4000, 2, 'x'.repeat(200));
  const taken = pickNamesForFile(names, imageOf);
  expect(`?${taken.map((name) => `names=${encodeURIComponent(name)}`).join('&')}`.length).toBeLessThan(1_000_000);
  expect(countImages(taken, imageOf)).toBe(4000);
});
