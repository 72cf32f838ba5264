import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CompareRow, CompareSummary } from '../../../contract/compare.ts';
import { ComparisonRows } from '../../../main/features/layer-files/compare/comparison-rows.ts';
import { type ComparisonOrder, ComparisonView } from '../../../main/features/layer-files/compare/comparison-view.ts';
import { summarise } from '../../../main/features/layer-files/compare/summarise.ts';
import { TreeComparison } from '../../../main/features/layer-files/compare/tree-comparison.ts';
import { layerOf, type MadeMember } from '../../support/layer-files/made-layers.ts';
import { type PlainFile, unpackPlainly } from '../../support/layer-files/plain-layers.ts';
import { treeOf } from '../../support/layer-files/read-tree.ts';
import { soundLayer } from '../../support/layer-files/sound-layers.ts';

const numRuns = Number(process.env.LAYERDECK_FILES_RUNS ?? 2000);
const everything = { first: 0, most: 1_000_000 };

type Stacks = { shared: MadeMember[][]; first: MadeMember[][]; second: MadeMember[][] };

/** Two images on some layers that both have. */
const stacks: fc.Arbitrary<Stacks> = fc.record({
  shared: fc.array(soundLayer, { maxLength: 2 }),
  first: fc.array(soundLayer, { maxLength: 2 }),
  second: fc.array(soundLayer, { maxLength: 2 }),
});

function compared(first: MadeMember[][], second: MadeMember[][], common = 0, order: Partial<ComparisonOrder> = {}) {
  const [one, other] = [treeOf(first.map(layerOf)), treeOf(second.map(layerOf))];
  const view = new ComparisonView(new TreeComparison({ first: one, second: other, common }), { withTimes: false, filter: {}, ...order });
  return { view, rows: new ComparisonRows(view), summary: summarise(view) };
}

type Told = { change: string; aspects: string[] };

/** How a row should read, as told by two unpacked trees in memory. */
function plainDifferences(first: MadeMember[][], second: MadeMember[][], withTimes: boolean): Map<string, Told> {
  const [before, after] = [unpackPlainly(first), unpackPlainly(second)];
  const told = new Map<string, Told>();
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const [one, other] = [before.get(path), after.get(path)];
    const aspects = one && other ? plainAspects(one, other).filter((aspect) => withTimes || aspect !== 'time') : [];
    if (one && other && aspects.length === 0) continue;
    told.set(`/${path}`, { change: !one ? 'added' : !other ? 'removed' : 'changed', aspects });
  }
  return told;
}

function plainAspects(one: PlainFile, other: PlainFile): string[] {
  if (one.kind !== other.kind) return ['kind'];
  return [
    ...(one.body !== other.body ? ['content'] : []),
    ...(one.link !== other.link ? ['link'] : []),
    ...(one.kind !== 'symlink' && one.mode !== other.mode ? ['mode'] : []),
    ...(one.modified !== other.modified ? ['time'] : []),
  ];
}

const told = (rows: CompareRow[]): [string, Told][] =>
  (rows as (CompareRow & { path: string })[]).map(({ path, change, aspects }) => [path, { change: change ?? '', aspects }]);

test('two images differ in what a plain comparison of two unpacked trees finds, and in nothing else', () => {
  const property = fc.property(stacks, fc.boolean(), ({ shared, first, second }, withTimes) => {
    const [one, other] = [
      [...shared, ...first],
      [...shared, ...second],
    ];
    const { rows } = compared(one, other, shared.length, { withTimes });
    const found = rows.found('name', everything);
    expect(found.total).toBe(found.rows.length);
    expect(new Map(told(found.rows))).toEqual(plainDifferences(one, other, withTimes));
  });
  fc.assert(property, { numRuns, seed: 17 });
});

test('that layers are shared only saves work', () => {
  const property = fc.property(stacks, ({ shared, first, second }) => {
    const [one, other] = [
      [...shared, ...first],
      [...shared, ...second],
    ];
    const [quick, thorough] = [compared(one, other, shared.length, { withTimes: true }), compared(one, other, 0, { withTimes: true })];
    expect(quick.rows.found('name', everything)).toEqual(thorough.rows.found('name', everything));
    expect(quick.summary).toEqual(thorough.summary);
  });
  fc.assert(property, { numRuns: numRuns / 4, seed: 18 });
});

test('the other way round, what was added is removed, and nothing else is another one', () => {
  const property = fc.property(stacks, ({ first, second }) => {
    const [there, back] = [compared(first, second), compared(second, first)];
    const turned = (summary: CompareSummary) => ({
      ...summary,
      files: { ...summary.files, added: summary.files.removed, removed: summary.files.added },
      folders: { ...summary.folders, added: summary.folders.removed, removed: summary.folders.added },
      bytes: { added: summary.bytes.removed, removed: summary.bytes.added, changed: summary.bytes.changed.toReversed() },
      totals: summary.totals.toReversed(),
      layerBytes: summary.layerBytes.toReversed(),
      addedIn: undefined,
    });
    expect({ ...there.summary, addedIn: undefined }).toEqual(turned(back.summary));
    const opposite: Record<string, string> = { added: 'removed', removed: 'added', changed: 'changed' };
    const paths = (rows: CompareRow[]) =>
      new Map(told(rows).map(([path, { change, aspects }]) => [path, { change: opposite[change], aspects }]));
    expect(paths(there.rows.found('name', everything).rows)).toEqual(new Map(told(back.rows.found('name', everything).rows)));
  });
  fc.assert(property, { numRuns: numRuns / 4, seed: 19 });
});

test('folders lead to everything that differs, and count it', () => {
  const property = fc.property(stacks, fc.constantFrom('name' as const, 'difference' as const), ({ first, second }, order) => {
    const { rows, view } = compared(first, second);
    const matches: string[] = [];
    const walk = (folder: number, path: string): number => {
      let files = 0;
      for (const row of rows.folder(folder, order, everything).rows) {
        if (row.change) matches.push(`${path}/${row.name}`);
        const below = row.hasMore ? walk(row.place, `${path}/${row.name}`) : 0;
        const own = row.change && row.facts.some((facts) => facts && facts.kind !== 'folder') ? 1 : 0;
        expect(row.sums.added + row.sums.changed + row.sums.removed).toBe(below + own);
        files += below + own;
      }
      return files;
    };
    const files = walk(0, '');
    const { added, changed, removed } = view.sumsAt(0);
    expect(added + changed + removed).toBe(files);
    expect(matches.sort()).toEqual(
      told(rows.found(order, everything).rows)
        .map(([path]) => path)
        .sort(),
    );
  });
  fc.assert(property, { numRuns: numRuns / 4, seed: 20 });
});

test('an image and itself differ in nothing', () => {
  const property = fc.property(fc.array(soundLayer, { maxLength: 3 }), (layers) => {
    const { summary } = compared(layers, layers, 0, { withTimes: true });
    expect({ ...summary.files, ...summary.folders, times: summary.onlyTimes }).toEqual({ added: 0, changed: 0, removed: 0, times: 0 });
    expect(summary.totals[0]).toEqual(summary.totals[1]);
  });
  fc.assert(property, { numRuns: 300, seed: 21 });
});

const file = (name: string, more: Partial<MadeMember> = {}): MadeMember => ({ kind: 'file', name, mode: 0o644, ...more });

test('each way of being another one is told apart', () => {
  const shared = [file('same', { body: 'x' })];
  const { rows, summary } = compared(
    [
      [
        ...shared,
        file('content', { body: 'one' }),
        file('mode'),
        file('time', { modified: 1 }),
        { kind: 'symlink', name: 'link', linkName: 'a' },
        file('kind'),
        file('gone', { body: '12345' }),
        { kind: 'folder', name: 'folder/', mode: 0o755 },
      ],
    ],
    [
      [
        ...shared,
        file('content', { body: 'two!' }),
        file('mode', { mode: 0o755 }),
        file('time', { modified: 2 }),
        { kind: 'symlink', name: 'link', linkName: 'b' },
        { kind: 'symlink', name: 'kind', linkName: 'same' },
        { kind: 'folder', name: 'folder/', mode: 0o700 },
        file('new/in/one', { body: '1234567' }),
        file('new/in/two'),
      ],
    ],
  );
  expect(Object.fromEntries(told(rows.found('name', everything).rows))).toEqual({
    '/folder': { change: 'changed', aspects: ['mode'] },
    '/new': { change: 'added', aspects: [] },
    '/new/in': { change: 'added', aspects: [] },
    '/new/in/one': { change: 'added', aspects: [] },
    '/new/in/two': { change: 'added', aspects: [] },
    '/content': { change: 'changed', aspects: ['content'] },
    '/gone': { change: 'removed', aspects: [] },
    '/kind': { change: 'changed', aspects: ['kind'] },
    '/link': { change: 'changed', aspects: ['link'] },
    '/mode': { change: 'changed', aspects: ['mode'] },
  });
  expect(summary).toMatchObject({
    files: { added: 2, changed: 4, removed: 1 },
    folders: { added: 2, changed: 1, removed: 0 },
    onlyTimes: 1,
    same: 2,
    aspects: { content: 1, mode: 2, link: 1, kind: 1 },
    bytes: { added: 7, removed: 5, changed: [3, 4] },
    totals: [
      { files: 7, bytes: 9 },
      { files: 8, bytes: 12 },
    ],
    addedIn: '/new/in',
    layerBytes: [[9], [12]],
    listed: [[], []],
  });
});

test('what is looked for leaves its folders in, and nothing else', () => {
  const { rows, view } = compared([[file('a/one')]], [[file('a/two'), file('b/TWO.txt'), file('b/three')]], 0, {
    filter: { text: 'two', changes: ['added'] },
  });
  expect(told(rows.found('name', everything).rows).map(([path]) => path)).toEqual(['/a/two', '/b/TWO.txt']);
  expect(rows.folder(0, 'name', everything).rows).toMatchObject([{ name: 'a', sums: { added: 1, removed: 0 } }, { name: 'b' }]);
  expect(view.changeAt(rows.folder(0, 'name', everything).rows[0]?.place ?? 0)).toBeUndefined();
});

test('bytes of a file with several names count once', () => {
  const two: MadeMember[] = [file('one', { body: 'y'.repeat(600) }), { kind: 'hard-link', name: 'two', linkName: 'one', mode: 0o644 }];
  const { summary } = compared([], [two]);
  expect(summary).toMatchObject({ files: { added: 2 }, bytes: { added: 600 }, totals: [{ bytes: 0 }, { files: 2, bytes: 600 }] });
});
