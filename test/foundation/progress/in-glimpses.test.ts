import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { inGlimpses } from '../../../main/foundation/progress/in-glimpses.ts';

async function* of(batches: number[][]): AsyncGenerator<number[]> {
  for (const batch of batches) {
    await Promise.resolve();
    yield batch;
  }
}

test('every thing has its number, none comes twice, the last come for certain, and no glimpse is larger than allowed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(5), { maxLength: 20 }), fc.integer({ min: 1, max: 6 }), async (sizes, most) => {
      let next = 1;
      const batches = sizes.map((size) => Array.from({ length: size }, () => next++));
      const seen: number[] = [];
      for await (const { first, items } of inGlimpses(of(batches), most, 0)) {
        expect(items.length).toBeLessThanOrEqual(most);
        items.forEach((item, at) => {
          expect(item).toBe(first + at);
        });
        seen.push(...items);
      }
      expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
      const all = batches.flat();
      expect(seen.slice(-Math.min(most, all.length))).toEqual(all.slice(-Math.min(most, all.length)));
    }),
    { seed: 20261201 },
  );
});

test('what breaks off is told after what came', async () => {
  const broken = async function* () {
    yield [1];
    throw new Error('gone');
  };
  const seen: number[] = [];
  const read = async () => {
    for await (const { items } of inGlimpses(broken(), 10, 0)) seen.push(...items);
  };
  await expect(read()).rejects.toThrow('gone');
  expect(seen).toEqual([1]);
});
