import { expect, test } from 'vitest';
import type { CleanUpItem } from '../../../../contract/disk.ts';
import { isTicked, noTicks, tick, toggle } from '../../../../renderer/features/disk/ticked.ts';

const image = (...references: string[]): CleanUpItem => ({
  kind: 'image',
  key: 'image sha256:1',
  id: 'sha256:1',
  size: 1,
  references,
  digests: [],
  usedBy: [],
  comesBack: { how: 'unknown' },
});
const cache = (...ids: string[]): CleanUpItem => ({
  kind: 'cache',
  key: 'cache steps',
  group: 'steps',
  size: 1,
  isOld: false,
  records: ids.map((id) => ({ id, what: id, size: 1, isShared: false, isInUse: false, uses: 1, keptBy: 0 })),
});

test('a tick holds for what was ticked: not for an image that got a name since, nor for records that came', () => {
  const ticked = tick([image(), cache('a', 'b')]);
  expect([isTicked(ticked, image()), isTicked(ticked, image('prod:latest'))]).toEqual([true, false]);
  expect([isTicked(ticked, cache('b', 'a')), isTicked(ticked, cache('a', 'b', 'c'))]).toEqual([true, false]);
});

test('a press ticks, and takes a tick away; on what is something else by now, it ticks that', () => {
  const once = toggle(noTicks, image());
  expect(isTicked(once, image())).toBe(true);
  expect(isTicked(toggle(once, image()), image())).toBe(false);
  expect(isTicked(toggle(once, image('prod:latest')), image('prod:latest'))).toBe(true);
});
