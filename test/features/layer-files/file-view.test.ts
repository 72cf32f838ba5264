import { describe, expect, test } from 'vitest';
import type { FileFilter, FileRow } from '../../../contract/layer-files.ts';
import { detailsOf } from '../../../main/features/layer-files/stack/file-details.ts';
import { FileRowLists } from '../../../main/features/layer-files/stack/file-rows.ts';
import { FileView } from '../../../main/features/layer-files/stack/file-view.ts';
import type { ImageTree } from '../../../main/features/layer-files/stack/image-tree.ts';
import { layerOf, type MadeMember } from '../../support/layer-files/made-layers.ts';
import { treeOf } from '../../support/layer-files/read-tree.ts';

const file = (name: string, body = '', more: Partial<MadeMember> = {}): MadeMember => ({ kind: 'file', name, body, modified: 1, ...more });
const folder = (name: string, more: Partial<MadeMember> = {}): MadeMember => ({
  kind: 'folder',
  name: `${name}/`,
  mode: 0o755,
  modified: 1,
  ...more,
});
const link = (name: string, linkName: string): MadeMember => ({ kind: 'hard-link', name, linkName, modified: 1 });

const tree = treeOf(
  [
    [
      folder('app'),
      file('app/a.txt', 'aaaa'),
      file('app/B.txt', 'bb'),
      file('app/old', 'x'.repeat(50)),
      folder('lib'),
      file('lib/z', 'zzz'),
    ],
    [folder('app', { modified: 2 }), file('app/a.txt', 'aaaaaa'), file('app/.wh.old'), file('app/new', 'n'), link('app/new2', 'app/new')],
    [
      folder('app', { mode: 0o700 }),
      file('app/B.txt', 'bb', { mode: 0o600 }),
      folder('lib'),
      file('lib/.wh..wh..opq'),
      file('lib/y', 'yyyyy'),
    ],
  ].map(layerOf),
);
const all = { first: 0, most: 100 };
const viewOf = (from: number, to: number, { everything = false, filter = {} as FileFilter } = {}) =>
  new FileView(tree, { from, to, all: everything, filter });
const placeOf = (path: string, of: ImageTree = tree) => of.paths.findPath(Buffer.from(path));
const short = ({ name, change, size, sums: { files, bytes, removedBytes } }: FileRow) =>
  [name, change ?? '-', size, `${files}/${bytes}/${removedBytes}`].join(' ');
const rows = (view: FileView, path: string, order: 'name' | 'size' = 'name') =>
  new FileRowLists(view).folder(placeOf(path), order, all).rows.map(short);

describe('what one layer did', () => {
  test('the lowest added everything', () => {
    expect(rows(viewOf(0, 0), '')).toEqual(['app added 0 3/56/0', 'lib added 0 1/3/0']);
  });

  test('added, changed and removed, each with its bytes; a folder of which only the time changed is as it was', () => {
    const view = viewOf(1, 1);
    expect(rows(view, '')).toEqual(['app - 0 4/7/50']);
    // two names of one file: its bytes once
    expect(rows(view, 'app')).toEqual(['a.txt changed 6 1/6/0', 'new added 1 1/1/0', 'new2 added 1 1/0/0', 'old removed 50 1/0/50']);
    expect(view.summary).toEqual({ files: 4, bytes: 7, removedBytes: 50, changes: { added: 2, changed: 1, removed: 1 } });
  });

  test('a folder of another mode is changed, and what an emptied folder had is removed', () => {
    const view = viewOf(2, 2);
    expect(rows(view, '')).toEqual(['app changed 0 1/2/0', 'lib - 0 2/5/3']);
    expect(rows(view, 'lib')).toEqual(['y added 5 1/5/0', 'z removed 3 1/0/3']);
  });
});

describe('what several did', () => {
  test('as one: what was added and removed in between is not there', () => {
    expect(rows(viewOf(1, 2), 'app')).toEqual(
      ['a.txt changed 6 1/6/0', 'B.txt changed 2 1/2/0', 'new added 1 1/1/0', 'new2 added 1 1/0/0', 'old removed 50 1/0/50'].sort(byBytes),
    );
    expect(viewOf(0, 1).changeAt(placeOf('app/old'))).toBeUndefined();
  });

  test('the whole image: all that is there, and nothing else', () => {
    const view = viewOf(0, 2, { everything: true });
    expect(rows(view, 'app')).toEqual(['B.txt added 2 1/2/0', 'a.txt added 6 1/6/0', 'new added 1 1/1/0', 'new2 added 1 1/0/0']);
    expect(view.summary).toMatchObject({ files: 5, bytes: 14, removedBytes: 0 });
  });

  test('what is there, beside what is as in the base', () => {
    const view = viewOf(2, 2, { everything: true });
    expect(rows(view, 'app')).toEqual(['B.txt changed 2 1/2/0', 'a.txt - 6 1/6/0', 'new - 1 1/1/0', 'new2 - 1 1/0/0']);
  });
});

describe('filters, orders and pages', () => {
  const found = (filter: FileFilter, order: 'name' | 'size' = 'name') =>
    new FileRowLists(viewOf(0, 2, { everything: true, filter })).found(order, all).rows.map(({ path }) => path);

  test('by a part of the name, in any case', () => {
    expect(found({ text: 'TXT' })).toEqual(['/app/B.txt', '/app/a.txt']);
    expect(found({ text: 'p' })).toEqual(['/app']);
    expect(found({ text: 'nowhere' })).toEqual([]);
  });

  test('by size and kind, the largest first', () => {
    expect(found({ atLeast: 5 }, 'size')).toEqual(['/app/a.txt', '/lib/y']);
    expect(found({ kinds: ['folder'] })).toEqual(['/app', '/lib']);
  });

  test('by change; folders show what fits in them, and sum that alone', () => {
    const view = viewOf(1, 1, { filter: { changes: ['removed'] } });
    expect(rows(view, '')).toEqual(['app - 0 1/0/50']);
    expect(rows(view, 'app')).toEqual(['old removed 50 1/0/50']);
    // the chips count without the filter
    expect(view.summary.changes).toEqual({ added: 2, changed: 1, removed: 1 });
  });

  test('page by page', () => {
    const lists = new FileRowLists(viewOf(0, 2, { everything: true }));
    const page = (first: number, most: number) => lists.folder(placeOf('app'), 'name', { first, most });
    expect(page(1, 2)).toMatchObject({ total: 4, rows: [{ name: 'a.txt' }, { name: 'new' }] });
    expect(page(4, 2)).toMatchObject({ total: 4, rows: [] });
    expect(lists.folder(placeOf('app'), 'size', all).rows.map(({ name }) => name)).toEqual(['a.txt', 'B.txt', 'new', 'new2']);
  });

  test('letters beyond ASCII are found in any case', () => {
    const own = treeOf([layerOf([file('Grün')])]);
    const view = new FileView(own, { from: 0, to: 0, all: true, filter: { text: 'GRÜN' } });
    expect(view.summary.files).toBe(1);
  });
});

test('the life of a place, and its other names', () => {
  const details = (path: string, to = 2) => detailsOf(viewOf(0, to, { everything: true }), placeOf(path));
  const life = (path: string) => details(path).life.map(({ layer, change, aspects, size }) => [layer, change, size, ...aspects].join(' '));
  expect(life('app/a.txt')).toEqual(['0 added 4', '1 changed 6 content']);
  expect(life('app/B.txt')).toEqual(['0 added 2', '2 changed 2 mode']);
  expect(life('app/old')).toEqual(['0 added 50', '1 removed 50']);
  expect(life('app')).toEqual(['0 added 0', '1 changed 0 time', '2 changed 0 mode time']);
  expect(details('app/new').sameFile).toEqual(['/app/new2']);
  expect(details('app/a.txt', 0)).toMatchObject({ size: 4, path: '/app/a.txt', sameFile: [] });
});

const byBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));
