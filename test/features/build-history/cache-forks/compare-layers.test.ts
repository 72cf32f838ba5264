import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareEntries } from '../../../../main/features/build-history/cache-forks/compare-layers.ts';
import type { LayerEntry } from '../../../../main/features/build-history/cache-forks/layer-entry.ts';

const entry = fc.record<LayerEntry>({
  path: fc.stringMatching(/^[a-c](\/[a-c]){0,2}$/),
  kind: fc.constantFrom('file', 'folder', 'symlink'),
  device: fc.constantFrom('', '3a'),
  mode: fc.constantFrom(0o644, 0o755),
  uid: fc.constantFrom(0, 1000),
  gid: fc.constantFrom(0, 1000),
  time: fc.constantFrom('1', '1.5'),
  size: fc.constantFrom(0, 1),
  linkName: fc.constantFrom('', 'x'),
  attributes: fc.constantFrom('', 'y'),
  content: fc.constantFrom('', 'z'),
});
const layer = fc
  .uniqueArray(entry, { selector: ({ path }) => path, maxLength: 12 })
  .map((all) => new Map(all.map((one) => [one.path, one])));

test('equal layers differ in nothing, whatever the order of their entries', () => {
  fc.assert(
    fc.property(layer, (one) => {
      expect(compareEntries(one, new Map([...one].reverse()))).toEqual([]);
    }),
  );
});

test('a difference is reported if and only if there is one, and for each path that differs', () => {
  fc.assert(
    fc.property(layer, layer, (one, other) => {
      const differing = [...new Set([...one.keys(), ...other.keys()])].filter(
        (path) => JSON.stringify(one.get(path)) !== JSON.stringify(other.get(path)),
      );
      const told = compareEntries(one, other);
      expect(told.length > 0).toBe(differing.length > 0);
      expect(Math.max(0, ...told.map(({ count }) => count))).toBeLessThanOrEqual(differing.length);
      expect(told.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(differing.length);
      for (const { examples } of told) for (const path of examples) expect(differing).toContain(path);
    }),
  );
});

test('swapping the layers swaps the answer', () => {
  const turned = { 'only-first': 'only-own', 'only-own': 'only-first' } as Record<string, string>;
  fc.assert(
    fc.property(layer, layer, (one, other) => {
      const back = compareEntries(other, one).map(({ aspect, count, change }) => [turned[aspect] ?? aspect, count, change?.toReversed()]);
      expect(new Set(back.map(String))).toEqual(
        new Set(compareEntries(one, other).map(({ aspect, count, change }) => String([aspect, count, change]))),
      );
    }),
  );
});

describe('one change brings one difference', () => {
  const before: LayerEntry = {
    path: 'app/a.txt',
    kind: 'file',
    device: '',
    mode: 0o644,
    uid: 0,
    gid: 0,
    time: '1',
    size: 3,
    linkName: '',
    attributes: '',
    content: 'x',
  };
  test.each<[Partial<LayerEntry>, object]>([
    [{ content: 'y' }, { aspect: 'content' }],
    [{ mode: 0o755 }, { aspect: 'mode', change: ['644', '755'] }],
    [{ uid: 1000 }, { aspect: 'owner', change: ['0:0', '1000:0'] }],
    [{ time: '2' }, { aspect: 'time' }],
    [{ attributes: 'cap' }, { aspect: 'attributes' }],
    [{ linkName: 'b' }, { aspect: 'link' }],
    [{ kind: 'symlink', content: '' }, { aspect: 'kind' }],
  ])('%o', (change, told) => {
    const [one, other] = [before, { ...before, ...change }].map((now) => new Map([[now.path, now]]));
    const common = { count: 1, examples: ['app/a.txt'], isOfFolders: false };
    expect(compareEntries(one ?? new Map(), other ?? new Map())).toEqual([{ ...common, ...told }]);
  });

  test('of many changes of one kind, what they have in common', () => {
    const make = (owner: number, last = owner) =>
      new Map(Array.from({ length: 9 }, (_, at) => [`${at}`, { ...before, path: `${at}`, uid: at === 8 ? last : owner }]));
    expect(compareEntries(make(0), make(7))).toMatchObject([{ aspect: 'owner', count: 9, change: ['0:0', '7:0'] }]);
    const [mixed] = compareEntries(make(0), make(7, 8));
    expect(mixed).toMatchObject({ count: 9, examples: ['0', '1', '2', '3', '4'] });
    expect(mixed?.change).toBeUndefined();
  });
});
