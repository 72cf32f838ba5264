import { expect, it } from 'vitest';
import { moveByKey } from '../../../renderer/ui/move-by-key.ts';

it.each([
  ['ArrowDown', 4, 5],
  ['ArrowDown', 9, 9],
  ['ArrowUp', 0, 0],
  ['PageDown', 2, 5],
  ['PageUp', 2, 0],
  ['Home', 7, 0],
  ['End', 0, 9],
])('%s leads from %i to %i', (key, at, to) => expect(moveByKey(key, at, 10, 3)).toBe(to));

it('leaves other keys, and an empty list, alone', () => {
  expect(moveByKey('a', 1, 10)).toBeUndefined();
  expect(moveByKey('toString', 1, 10)).toBeUndefined();
  expect(moveByKey('End', 0, 0)).toBeUndefined();
});
