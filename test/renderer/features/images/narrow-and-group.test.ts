import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ImageSummary } from '../../../../contract/image.ts';
import { groupRows } from '../../../../renderer/features/images/group-rows.ts';
import { deriveRows, deriveStepRows, type ImageRow } from '../../../../renderer/features/images/image-row.ts';
import {
  countByRepository,
  countWithoutUse,
  narrowingWords,
  narrowRows,
  repositoriesOf,
} from '../../../../renderer/features/images/narrow-rows.ts';

const day = 86_400_000;
const now = 1000 * day;

const image = (digit: string, references: string[], more: Partial<ImageSummary> = {}): ImageSummary => ({
  id: `sha256:${digit.repeat(64)}`,
  references,
  digests: [],
  size: 1_000_000,
  createdAt: 1000,
  usedBy: [],
  ...more,
});

const rows = deriveRows([
  image('a', ['app:latest', 'localhost:5000/app:1'], { size: 600_000_000 }),
  image('b', ['app:2'], { usedBy: ['web'] }),
  image('c', []),
  image('d', [], { digests: [`quay.io/other@sha256:${'e'.repeat(64)}`] }),
]).map((row, at) => (at === 2 ? row : { ...row, lastUsedAt: now - at * 20 * day - 20 * day }));
const letters = (some: ImageRow[]) => some.map(({ image: { id } }) => id[7]).join('');
const folded = (...names: string[]) => new Set(names.map((name) => `group ${name}`));
const drawn = (some: ImageRow[], closed = new Set<string>()) =>
  groupRows(some, closed).map((item) => (item.kind === 'group' ? `[${item.name} ${item.rows.length}]` : (item.row.image.id[7] ?? '')));

test('a repository is where an image has a name, or a digest if it has no name', () => {
  expect(rows.map(repositoriesOf)).toEqual([['app', 'localhost:5000/app'], ['app'], [], ['quay.io/other']]);
  expect(countByRepository(rows)).toEqual([
    ['app', 2],
    ['localhost:5000/app', 1],
    ['quay.io/other', 1],
  ]);
  expect(letters(narrowRows(rows, { repository: 'app' }, now))).toBe('ab');
  expect(letters(narrowRows(rows, { repository: 'localhost:5000/app' }, now))).toBe('a');
});

test('unused is what no container uses and of which it is known that it was used long ago', () => {
  expect(letters(narrowRows(rows, { unusedFor: 14 }, now))).toBe('ad');
  expect(letters(narrowRows(rows, { unusedFor: 30 }, now))).toBe('d');
  expect(letters(narrowRows(rows, { unusedFor: 365 }, now))).toBe('');
});

test('those without a known use are counted as far as all else fits', () => {
  expect(countWithoutUse(rows, { unusedFor: 14 }, now)).toBe(1);
  expect(countWithoutUse(rows, { unusedFor: 14, repository: 'app' }, now)).toBe(0);
  expect(countWithoutUse(rows, { unusedFor: 14, largerThan: 100_000 }, now)).toBe(1);
});

test('all of it narrows together, and nothing leaves the list as it is', () => {
  expect(letters(narrowRows(rows, { largerThan: 500_000_000, unusedFor: 14, repository: 'app' }, now))).toBe('a');
  expect(narrowRows(rows, {}, now)).toBe(rows);
  expect(narrowingWords({ largerThan: 1e9, unusedFor: 30, repository: 'app' }).map(({ words }) => words)).toEqual([
    'app',
    'Over 1 GB',
    'Not used for a month',
  ]);
});

test('images stand under the repository of their first name, those without any last', () => {
  expect(drawn(rows)).toEqual(['[app 2]', 'a', 'b', '[quay.io/other 1]', 'd', '[Untagged 1]', 'c']);
  expect(drawn(rows.toReversed())).toEqual(['[quay.io/other 1]', 'd', '[app 2]', 'b', 'a', '[Untagged 1]', 'c']);
  expect(drawn(rows, folded('app'))).toEqual(['[app 2]', '[quay.io/other 1]', 'd', '[Untagged 1]', 'c']);
});

test('narrowed to a repository, images stand under it, whatever name of theirs comes first', () => {
  const some = narrowRows(rows, { repository: 'localhost:5000/app' }, now);
  const [heading] = groupRows(some, new Set(), 'localhost:5000/app');
  expect(heading).toMatchObject({ kind: 'group', name: 'localhost:5000/app' });
});

test('whatever the list: grouped, each image is there once, in its order within its repository', () => {
  const anyRows = fc
    .array(fc.constantFrom<string[]>([], ['a:1'], ['a:2', 'b:1'], ['b:3'], ['c:1']), { maxLength: 30 })
    .map((all) => deriveRows(all.map((references, at) => image('0', references, { id: `sha256:${String(at).padStart(64, '0')}` }))));
  fc.assert(
    fc.property(anyRows, (some) => {
      const items = groupRows(some, new Set());
      const shown = items.flatMap((item) => (item.kind === 'image' ? [item.row] : []));
      expect(shown.toSorted((x, y) => some.indexOf(x) - some.indexOf(y))).toEqual(some);
      for (const item of items) if (item.kind === 'group') expect(item.rows).toEqual(some.filter((row) => item.rows.includes(row)));
    }),
    { seed: 13 },
  );
});

test('steps are neither named nor untagged', () => {
  const [step] = deriveStepRows([image('f', [])]);
  expect(step).toMatchObject({ isStep: true, name: 'step ffffffffffff' });
});
