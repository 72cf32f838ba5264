import { expect, test } from 'vitest';
import type { CleanUpItem, DiskLook } from '../../../../contract/disk.ts';
import { layOutDisk, partsOfDisk } from '../../../../renderer/features/disk/lay-out-disk.ts';

const image = (name: string, bytes: number, stays = false): CleanUpItem => ({
  kind: 'image',
  key: name,
  id: name,
  references: [name],
  digests: [],
  usedBy: [],
  size: bytes,
  freed: { bytes },
  comesBack: { how: 'unknown' },
  ...(stays && { stays: 'in-use' }),
});
const look = (items: CleanUpItem[], images: number): DiskLook => ({ items, images, registry: 50, pending: [], unknown: [] });

test('every byte of images is in one part: its own, or what several share', () => {
  const parts = partsOfDisk(look([image('a', 300), image('b', 100, true)], 1000), new Set(['a']), () => false);
  expect(parts.map(({ key, bytes, fate }) => [key, bytes, fate])).toEqual([
    ['shared', 600, 'stays'],
    ['a', 300, 'goes'],
    ['b', 100, 'stays'],
    ['registry', 50, 'stays'],
  ]);
});

test('what is too small to be seen is one part together', () => {
  const small = Array.from({ length: 200 }, (_, at) => image(`s${at}`, 1));
  const parts = partsOfDisk(look([image('a', 5000), ...small], 5200), new Set(), () => false);
  expect(parts.at(-1)).toMatchObject({ key: 'rest', bytes: 200, title: expect.stringContaining('200') });
});

test('areas are bytes, and nothing lies outside the box', () => {
  const parts = partsOfDisk(look([image('a', 300), image('b', 100)], 1000), new Set(), () => false);
  const tiles = layOutDisk(parts, { width: 1000, height: 150 });
  expect(tiles).toHaveLength(4);
  for (const { x, y, width, height, bytes } of tiles) {
    expect(x >= 0 && y >= 0 && x + width <= 1000 && y + height <= 150).toBe(true);
    expect(Math.abs((width * height) / 150_000 - bytes / 1050)).toBeLessThan(0.03);
  }
  expect(layOutDisk(parts, { width: 0, height: 150 })).toEqual([]);
});
