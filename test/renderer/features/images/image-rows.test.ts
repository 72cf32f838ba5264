import { describe, expect, it } from 'vitest';
import type { BuildSummary } from '../../../../contract/build-record.ts';
import type { ImageSummary } from '../../../../contract/image.ts';
import { countByFilter, filterRows } from '../../../../renderer/features/images/filter-rows.ts';
import { findLostName } from '../../../../renderer/features/images/find-lost-name.ts';
import { deriveRows } from '../../../../renderer/features/images/image-row.ts';
import { idsBetween, toggled } from '../../../../renderer/features/images/selection.ts';
import { sortRows } from '../../../../renderer/features/images/sort-rows.ts';

const image = (digit: string, references: string[], more: Partial<ImageSummary> = {}): ImageSummary => ({
  id: `sha256:${digit.repeat(64)}`,
  references,
  digests: [],
  size: 1_000_000,
  createdAt: 1000,
  usedBy: [],
  ...more,
});

const images = [
  image('a', ['app:latest', 'app:1.9', 'localhost:5000/app:1.9'], { createdAt: 1000, usedBy: ['web'] }),
  image('b', ['app:1.10'], { createdAt: 2000, size: 600_000_000 }),
  image('c', [], { createdAt: 3000 }),
  image('d', ['other:latest'], { createdAt: 500 }),
];
const rows = deriveRows(images);
const names = (some: typeof rows) => some.map(({ name }) => name);

describe('deriveRows', () => {
  it('puts the tags of one repository together', () => {
    expect(rows[0]?.groups).toEqual([
      { repository: 'app', tags: ['latest', '1.9'] },
      { repository: 'localhost:5000/app', tags: ['1.9'] },
    ]);
  });

  it('names an untagged image by its id', () => expect(rows[2]?.name).toBe('untagged image cccccccccccc'));

  it('sees that “latest” is older than another tag', () => {
    expect(rows[0]?.newerThanLatest).toBe('1.10');
    expect(rows[3]?.newerThanLatest).toBeUndefined();
  });

  it('says nothing about “latest” if the image has no time', () => {
    const [row] = deriveRows([image('a', ['app:latest'], { createdAt: 0 }), image('b', ['app:2'], { createdAt: 5 })]);
    expect(row?.newerThanLatest).toBeUndefined();
  });
});

describe('filterRows', () => {
  it('finds by name, tag and id, with every word', () => {
    expect(names(filterRows(rows, 'all', 'APP 1.10'))).toEqual(['app:1.10']);
    expect(names(filterRows(rows, 'all', 'localhost'))).toEqual(['app:latest']);
    expect(names(filterRows(rows, 'all', 'cccc'))).toEqual(['untagged image cccccccccccc']);
    expect(filterRows(rows, 'all', 'nothing of the kind')).toEqual([]);
  });

  it('puts matching names before those that are cut off', () => {
    const tags = Array.from({ length: 9 }, (_, index) => `app:${index + 1}`);
    const [row] = filterRows(deriveRows([image('a', [...tags, 'me/b:1', 'me/c:1', 'me/d:7'])]), 'all', 'me/d 7');
    expect(row?.groups[0]).toEqual({ repository: 'me/d', tags: ['7'] });
    const [other] = filterRows(deriveRows([image('a', tags)]), 'all', 'app:8');
    expect(other?.groups[0]?.tags.slice(0, 3)).toEqual(['8', '1', '2']);
    expect(filterRows(rows, 'all', 'app')[0]).toBe(rows[0]);
  });

  it('returns the same list if nothing is searched for', () => expect(filterRows(rows, 'all', ' ')).toBe(rows));

  it('counts what each filter shows', () => {
    expect(countByFilter(rows)).toEqual({ all: 4, 'in-use': 1, 'not-in-use': 3, untagged: 1, 'old-latest': 1, large: 1 });
    for (const filter of ['in-use', 'untagged', 'old-latest', 'large'] as const) {
      expect(filterRows(rows, filter, '')).toHaveLength(countByFilter(rows)[filter]);
    }
  });
});

describe('sortRows', () => {
  it('knows that 1.10 comes after 1.9, and puts the untagged last', () => {
    const some = deriveRows([image('c', []), image('b', ['app:1.10']), image('a', ['app:1.9'])]);
    expect(names(sortRows(some, { column: 'name', direction: 'ascending' }))).toEqual([
      'app:1.9',
      'app:1.10',
      'untagged image cccccccccccc',
    ]);
  });

  it('sorts by size and time', () => {
    expect(sortRows(rows, { column: 'size', direction: 'descending' })[0]?.name).toBe('app:1.10');
    expect(sortRows(rows, { column: 'created', direction: 'ascending' })[0]?.name).toBe('other:latest');
  });
});

describe('selection', () => {
  it('takes everything between two rows, in either direction', () => {
    expect(idsBetween(['a', 'b', 'c', 'd'], 'd', 'b')).toEqual(['b', 'c', 'd']);
    expect(idsBetween(['a', 'b', 'c'], undefined, 'b')).toEqual(['b']);
    expect(idsBetween(['a', 'b', 'c'], 'gone', 'b')).toEqual(['b']);
    expect(idsBetween(['a'], 'a', 'gone')).toEqual([]);
  });

  it('toggles without changing the old set', () => {
    const before = new Set(['a']);
    expect([...toggled(before, 'a')]).toEqual([]);
    expect([...toggled(before, 'b')]).toEqual(['a', 'b']);
    expect([...before]).toEqual(['a']);
  });
});

describe('findLostName', () => {
  const build = (createdAt: number, imageId: string, references: string[]) => ({ createdAt, imageId, references }) as BuildSummary;

  it('is a name that a later build gave to another image', () => {
    const builds = [build(3, 'new', ['app:2', 'app:1']), build(2, 'other', ['b:1']), build(1, 'old', ['app:1'])];
    expect(findLostName('old', builds)).toBe('app:1');
    expect(findLostName('new', builds)).toBeUndefined();
    expect(findLostName('never built here', builds)).toBeUndefined();
  });

  it('is undefined if the later build made the same image, or no image', () => {
    expect(findLostName('old', [build(2, 'old', ['app:1']), build(1, 'old', ['app:1'])])).toBeUndefined();
    expect(findLostName('old', [{ createdAt: 2, references: ['app:1'] } as BuildSummary, build(1, 'old', ['app:1'])])).toBeUndefined();
  });
});
