import { expect, test } from 'vitest';
import { bytesOf, joinSizes } from '../../../main/foundation/layers/layer-sizes.ts';

test('a size only known for several layers together is known if all of them are asked for, or if the others are known', () => {
  const sizes = joinSizes([
    { layers: ['a'], bytes: 1 },
    { layers: ['b', 'c'], bytes: 10 },
  ]);
  expect(bytesOf(['a', 'b', 'c', 'a'], sizes)).toBe(11);
  expect(bytesOf(['a', 'b'], sizes)).toBeUndefined();
  expect(bytesOf([], sizes)).toBe(0);
  const more = joinSizes([...sizes.together, { layers: ['b'], bytes: 4 }, { layers: ['c', 'd', 'e'], bytes: 6 }]);
  expect(bytesOf(['c'], more)).toBe(6);
  expect(bytesOf(['d'], more)).toBe(0);
});

test('layers about which nothing is known, or that contradict each other, have no size', () => {
  expect(bytesOf(['a'], joinSizes([{ layers: ['a'] }]))).toBeUndefined();
  expect(bytesOf(['x'], joinSizes([]))).toBeUndefined();
  const odd = joinSizes([
    { layers: ['a'], bytes: 9 },
    { layers: ['a', 'b'], bytes: 1 },
  ]);
  expect(bytesOf(['b'], odd)).toBeUndefined();
});

test('a layer that comes twice is counted once', () => {
  const sizes = joinSizes([{ layers: ['a', 'a'], bytes: 6 }]);
  expect(bytesOf(['a'], sizes)).toBe(3);
  expect(bytesOf(['a', 'b'], joinSizes([{ layers: ['a', 'b', 'a'], bytes: 6 }]))).toBeUndefined();
});
