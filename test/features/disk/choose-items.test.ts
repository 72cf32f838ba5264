import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CacheItem, CleanUpItem, ComesBack, ImageItem } from '../../../contract/disk.ts';
import { chooseItems } from '../../../main/features/disk/choose-items.ts';
import { maySuggest, orderItems } from '../../../main/features/disk/order-items.ts';

/** A disk made up of parts of some bytes; each item keeps some of them, and a part is free once all that keep it are gone. */
const anyDisk = fc.record({
  parts: fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 12 }),
  items: fc.array(
    fc.record({
      keeps: fc.array(fc.nat(11), { maxLength: 5 }),
      kind: fc.constantFrom('image', 'cache', 'container'),
      back: fc.constantFrom<ComesBack['how']>('registry', 'build', 'unknown'),
      isOld: fc.boolean(),
      isNamed: fc.boolean(),
      stays: fc.boolean(),
      lastUsedAt: fc.option(fc.nat(100), { nil: undefined }),
    }),
    { maxLength: 14 },
  ),
  /** Kept by something that never goes. */
  pinned: fc.array(fc.nat(11), { maxLength: 3 }),
});

const backs: Record<ComesBack['how'], ComesBack> = {
  registry: { how: 'registry', registry: 'r', digests: [], isSure: false },
  build: { how: 'build', build: 'b', folder: 'f' },
  unknown: { how: 'unknown' },
};

type Disk = typeof anyDisk extends fc.Arbitrary<infer T> ? T : never;

function makeDisk({ parts, items, pinned }: Disk) {
  const keeps = new Map(items.map((item, at) => [`item ${at}`, new Set(item.keeps.filter((part) => part < parts.length))]));
  const freed = (keys: ReadonlySet<string>): number =>
    parts.reduce((sum, bytes, part) => {
      const keepers = [...keeps].filter(([, own]) => own.has(part)).map(([key]) => key);
      const isFree = keepers.length > 0 && keepers.every((key) => keys.has(key)) && !pinned.includes(part);
      return sum + (isFree ? bytes : 0);
    }, 0);
  const made = items.map((item, at): CleanUpItem => {
    const key = `item ${at}`;
    const size = [...(keeps.get(key) ?? [])].reduce((sum, part) => sum + (parts[part] ?? 0), 0);
    const alone = freed(new Set([key]));
    const common = {
      key,
      size,
      freed: { bytes: alone, ...(size > alone && { inCache: size - alone }) },
      ...(item.stays && { stays: 'in-use' as const }),
      ...(item.lastUsedAt !== undefined && { lastUsedAt: item.lastUsedAt }),
    };
    if (item.kind === 'cache') return { ...common, kind: 'cache', group: 'steps', isOld: item.isOld, records: [] } satisfies CacheItem;
    if (item.kind === 'container') return { ...common, kind: 'container', id: key, name: key, image: 'x' };
    const references = item.isNamed ? ['app:1'] : [];
    return { ...common, kind: 'image', id: key, references, digests: [], usedBy: [], comesBack: backs[item.back] } satisfies ImageItem;
  });
  let asked = 0;
  return {
    items: made,
    freed,
    freedBy: async (some: readonly CleanUpItem[]) => {
      asked++;
      return { bytes: freed(new Set(some.map(({ key }) => key))) };
    },
    get asked() {
      return asked;
    },
  };
}

test('whatever the disk, a proposal frees what was asked for, by what can be had again and by nothing needless', async () => {
  await fc.assert(
    fc.asyncProperty(anyDisk, fc.integer({ min: 1, max: 5000 }), async (made, bytes) => {
      const disk = makeDisk(made);
      const { keys, freed, isEnough } = await chooseItems(disk.items, bytes, disk.freedBy);
      const may = disk.items.filter(maySuggest);
      expect(may.map(({ key }) => key)).toEqual(expect.arrayContaining(keys));
      expect(freed?.bytes).toBe(disk.freed(new Set(keys)));
      const most = disk.freed(new Set(may.map(({ key }) => key)));
      expect(isEnough).toBe(most >= bytes);
      if (!isEnough) {
        expect(freed?.bytes).toBe(most);
        return;
      }
      expect(freed?.bytes).toBeGreaterThanOrEqual(bytes);
      for (const key of keys) expect(disk.freed(new Set(keys.filter((other) => other !== key)))).toBeLessThan(bytes);
    }),
    { numRuns: 2000 },
  );
});

test('thousands of items need few sums', async () => {
  const items = Array.from({ length: 5000 }, (_, at) => ({
    keeps: [at % 12],
    kind: 'cache' as const,
    back: 'unknown' as const,
    isOld: true,
    isNamed: false,
    stays: false,
    lastUsedAt: at,
  }));
  const disk = makeDisk({ parts: Array(12).fill(10), items: items.slice(0, 400), pinned: [] });
  await chooseItems(disk.items, 100, disk.freedBy);
  expect(disk.asked).toBeLessThan(130);
});

test('what costs less to lose comes first, then what was not used for longer; what stays comes last', () => {
  const image = (key: string, more: Partial<ImageItem>): ImageItem => ({
    kind: 'image',
    key,
    id: key,
    references: ['app:1'],
    digests: [],
    size: 1,
    usedBy: [],
    comesBack: backs.unknown,
    ...more,
  });
  const cache = (key: string, isOld: boolean): CacheItem => ({ kind: 'cache', key, size: 1, group: 'steps', isOld, records: [] });
  const items: CleanUpItem[] = [
    image('used', { usedBy: ['web'], stays: 'in-use' }),
    image('only', {}),
    image('built', { comesBack: backs.build }),
    cache('recent', false),
    image('pulled today', { comesBack: backs.registry, lastUsedAt: 9 }),
    image('pulled once', { comesBack: backs.registry, lastUsedAt: 3 }),
    image('untagged', { comesBack: backs.build, references: [] }),
    cache('old', true),
  ];
  expect(orderItems(items).map(({ key }) => key)).toEqual([
    'old',
    'untagged',
    'pulled once',
    'pulled today',
    'recent',
    'built',
    'only',
    'used',
  ]);
});
