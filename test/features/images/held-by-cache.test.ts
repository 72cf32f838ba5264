import { expect, test } from 'vitest';
import { packedPart } from '../../../main/features/images/disk-parts.ts';
import { freedBy } from '../../../main/features/images/freed-by-removal.ts';
import { heldByCache } from '../../../main/features/images/held-by-cache.ts';
import type { CacheRecord } from '../../../main/foundation/buildkit/kept-on-disk.ts';
import { joinSizes } from '../../../main/foundation/layers/layer-sizes.ts';

const sizes = joinSizes([
  { layers: ['base'], bytes: 100 },
  { layers: ['run'], bytes: 30 },
  { layers: ['other'], bytes: 30 },
]);
const user = (isLeaving: boolean, ...chains: string[]) => ({
  isLeaving,
  chains,
  diffIds: chains,
  blobs: chains.map((chain) => ({ digest: `of ${chain}`, size: (sizes.of.get(chain) ?? 0) / 2, refs: [], diffId: chain })),
});
const held = (users: ReturnType<typeof user>[], records: CacheRecord[], isPacked: boolean) =>
  heldByCache(users, records, sizes, isPacked)(new Set(users.filter(({ isLeaving }) => isLeaving)));
const record = (id: string, size: number, ...parents: string[]) => ({ id, size, isShared: true, parents });

const below = record('from', 0);

test('with containerd’s store, a record as large as the packed layer uses the image’s own, and everything below it', () => {
  const found = held([user(true, 'base', 'run')], [record('a', 50)], true);
  expect([...found.surely].sort()).toEqual(['base', packedPart('of base')].sort());
});

test('with containerd’s store, a record as large as both keeps the packed layer alone', () => {
  const found = held([user(true, 'base', 'run')], [record('a', 45, 'from'), below], true);
  expect([...found.surely]).toEqual([packedPart('of run')]);
  const nobodys = held([user(true, 'base', 'run')], [{ ...record('a', 45, 'from'), isShared: false }, below], true);
  expect(nobodys.surely.size + nobodys.perhaps.size).toBe(0);
});

test('with containerd’s store, a layer that is in two images at different places is kept packed for both, and unpacked for one', () => {
  const early = { ...user(true, 'base', 'empty'), diffIds: ['base', 'nothing'] };
  const late = { ...user(true, 'base', 'big', 'empty on big'), diffIds: ['base', 'big', 'nothing'] };
  const packed = { digest: 'of nothing', size: 3, refs: [], diffId: 'nothing' };
  const users = [early, late].map((one) => ({ ...one, blobs: [packed] }));
  const found = heldByCache(users, [record('a', 3, 'from'), below], sizes, true)(new Set(users));
  expect([...found.surely].sort()).toEqual(['base', 'empty', packedPart('of nothing')]);
  expect(found.perhaps.size).toBe(0);
});

test('with containerd’s store, a record that is a few folders larger may be the layer’s', () => {
  const users = [user(true, 'base', 'run')];
  const found = held(users, [record('a', 45 + 4096, 'from'), below], true);
  expect([[...found.surely], [...found.perhaps]]).toEqual([[], [packedPart('of run')]]);
  expect(held(users, [record('a', 45 + 1_000_000, 'from'), below], true).perhaps.size).toBe(0);
});

test('with containerd’s store, a record at the place of no known layer may keep one of the same bytes packed', () => {
  const users = [user(true, 'base', 'run')];
  const found = held(users, [record('b', 15, 'a'), record('a', 50, 'from'), below], true);
  expect([[...found.surely], [...found.perhaps].sort()]).toEqual([[], [packedPart('of base'), packedPart('of run')]]);
});

test('with containerd’s store, of two packed layers of the same bytes and one record, it isn’t known which is kept', () => {
  const twins = joinSizes([
    { layers: ['run'], bytes: 30 },
    { layers: ['other'], bytes: 30 },
  ]);
  const users = [user(true, 'base', 'run'), user(true, 'base', 'other')];
  const leaving = new Set(users);
  const one = heldByCache(users, [record('a', 45, 'from'), below], twins, true)(leaving);
  expect([[...one.surely], [...one.perhaps].sort()]).toEqual([[], [packedPart('of other'), packedPart('of run')]]);
  const both = heldByCache(users, [record('a', 45, 'from'), record('b', 45, 'from'), below], twins, true)(leaving);
  expect([[...both.surely].sort(), [...both.perhaps]]).toEqual([[packedPart('of other'), packedPart('of run')], []]);
});

test('with graph drivers, a layer of the same place and bytes is kept with all below it', () => {
  const records = [record('from', 0), record('step', 30, 'from')];
  const found = held([user(true, 'base', 'run'), user(false, 'base')], records, false);
  expect([...found.surely].sort()).toEqual(['base', 'run']);
  expect(found.perhaps.size).toBe(0);
});

test('with graph drivers, what may be a layer of an image that stays is uncertain, and so is a base that nothing explains', () => {
  const records = [record('from', 0), record('step', 30, 'from')];
  const either = held([user(true, 'base', 'run'), user(false, 'base', 'other')], records, false);
  expect([either.surely.size, [...either.perhaps].sort()]).toEqual([0, ['base', 'run']]);
  const base = held([user(true, 'base', 'run')], [record('from', 0)], false);
  expect([...base.perhaps]).toEqual(['base']);
});

test('what is freed leaves out what others need and what the cache keeps', () => {
  const parts = (...names: string[]) => ({ names, sizes: names.map((name) => ({ layers: [name], bytes: 10 })) });
  const nothing = new Set<string>();
  const leaving = [parts('shared', 'own', packedPart('own'))];
  const isNeeded = (name: string) => name === 'shared';
  const all = joinSizes(leaving.flatMap((one) => one.sizes));
  expect(freedBy(leaving, isNeeded, all, { surely: nothing, perhaps: nothing })).toEqual({ bytes: 20, packed: 10 });
  expect(freedBy(leaving, isNeeded, all, { surely: new Set([packedPart('own')]), perhaps: nothing })).toEqual({ bytes: 10, inCache: 10 });
  const unsure = { bytes: 20, packed: 10, isAtMost: true };
  expect(freedBy(leaving, isNeeded, all, { surely: nothing, perhaps: new Set(['own']) })).toEqual(unsure);
  expect(freedBy([{ names: ['x'], sizes: [] }], () => false, all, { surely: nothing, perhaps: nothing })).toBeUndefined();
});
