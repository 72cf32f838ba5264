import { describe, expect, test } from 'vitest';
import { compareContexts, type Selection } from '../../../main/build/record/compare-contexts.ts';
import { decodeFile, encodeFile, type RecordedFile } from '../../../main/build/record/recorded-file.ts';

const file = (path: string, more: Partial<RecordedFile> = {}): RecordedFile => ({
  path,
  type: 'file',
  mode: 0o644,
  digest: 'd',
  stamp: 's',
  ...more,
});
const context = (...files: RecordedFile[]) => new Map(files.map((one) => [one.path, one]));
const all: Selection = { sources: ['.'], excludes: [] };

describe('what changed', () => {
  test.each<[name: string, before: Partial<RecordedFile>, after: Partial<RecordedFile>, differences: unknown[]]>([
    ['nothing', {}, {}, []],
    ['the time only', { stamp: 'a' }, { stamp: 'b' }, []],
    ['content', { digest: 'a' }, { digest: 'b' }, [{ what: 'content' }]],
    ['mode', { mode: 0o644 }, { mode: 0o4755 }, [{ what: 'mode', before: '644', after: '4755' }]],
    ['content and mode', { digest: 'a' }, { mode: 0o600 }, [{ what: 'content' }, { what: 'mode', before: '644', after: '600' }]],
    ['type', {}, { type: 'link', target: 'x' }, [{ what: 'type', before: 'file', after: 'link' }]],
    ['target', { type: 'link', target: 'a' }, { type: 'link', target: 'b' }, [{ what: 'target', before: 'a', after: 'b' }]],
    ['a link’s mode', { type: 'link', target: 'a', mode: 0o777 }, { type: 'link', target: 'a', mode: 0o755 }, []],
    ['capabilities', {}, { capabilities: '01' }, [{ what: 'capabilities' }]],
  ])('%s', (_, before, after, differences) => {
    const { changes, total } = compareContexts(context(file('a', before)), context(file('a', after)), all);
    expect(changes.flatMap((change) => change.differences)).toEqual(differences);
    expect(total).toBe(differences.length > 0 ? 1 : 0);
  });
});

test('added and removed files are told without the folders that came and went with them', () => {
  const before = context(file('old', { type: 'folder' }), file('old/x'));
  const after = context(file('new', { type: 'folder' }), file('new/y'), file('empty', { type: 'folder' }));
  const { changes } = compareContexts(before, after, all);
  expect(changes.map(({ path, differences: [only] }) => [path, only?.what])).toEqual([
    ['new/y', 'added'],
    ['empty', 'added'],
    ['old/x', 'removed'],
  ]);
});

test('only what a step reads counts', () => {
  const before = context(file('src/a'), file('src/b.md'), file('other'), file('srcs'));
  const after = context(...[...before.values()].map((one) => ({ ...one, digest: 'new' })));
  const paths = (sources: string[], excludes: string[] = []) =>
    compareContexts(before, after, { sources, excludes }).changes.map(({ path }) => path);
  expect(paths(['src'])).toEqual(['src/a', 'src/b.md']);
  expect(paths(['./src/'], ['**/*.md'])).toEqual(['src/a']);
  expect(paths(['/src'])).toEqual(['src/a', 'src/b.md']);
  expect(paths(['s*'])).toEqual(['src/a', 'src/b.md', 'srcs']);
  expect(paths(['./'])).toHaveLength(4);
  expect(paths(['nothing'])).toEqual([]);
});

test('a file whose content nobody knows is not said to have changed', () => {
  const { digest: _, ...unread } = file('a', { stamp: 'b' });
  expect(compareContexts(context(file('a', { stamp: 'a' })), context(unread), all)).toEqual({ changes: [], total: 0, uncertain: 1 });
  const { digest: __, ...untouched } = file('a');
  expect(compareContexts(context(untouched), context(untouched), all).uncertain).toBe(0);
});

test('a long list is cut, its length is not', () => {
  const after = context(...Array.from({ length: 1000 }, (_, i) => file(`f${i}`)));
  const { changes, total } = compareContexts(context(), after, all);
  expect(changes).toHaveLength(200);
  expect(total).toBe(1000);
});

test('what is kept of a file comes back', () => {
  for (const one of [file('grün/漢"字\n'), file('l', { type: 'link', target: 'x', capabilities: 'ff' })])
    expect(decodeFile(encodeFile(one))).toEqual(one);
});

test('where a link stands for a source, or is on the way to it, what it leads to counts', () => {
  const links = [file('here', { type: 'link', target: 'src/a' }), file('dir', { type: 'link', target: '/src' })];
  const before = context(...links, file('src/a', { digest: '1' }), file('src/b', { digest: '1' }));
  const after = context(...links, file('src/a', { digest: '2' }), file('src/b', { digest: '2' }));
  const paths = (...sources: string[]) => compareContexts(before, after, { sources, excludes: [] }).changes.map(({ path }) => path);
  expect(paths('here')).toEqual(['src/a']);
  expect(paths('dir/b')).toEqual(['src/b']);
  expect(paths('h*')).toEqual(['src/a']);
});

test('a link inside a copied folder stays a link; one that was turned elsewhere tells that only', () => {
  const inside = (target: string) => file('in/l', { type: 'link', target });
  const before = context(inside('../a'), file('a', { digest: '1' }));
  expect(compareContexts(before, context(inside('../a'), file('a', { digest: '2' })), { sources: ['in'], excludes: [] }).total).toBe(0);
  const turned = compareContexts(before, context(inside('../b'), file('b')), { sources: ['in/l'], excludes: [] });
  expect(turned.changes).toEqual([{ path: 'in/l', differences: [{ what: 'target', before: '../a', after: '../b' }] }]);
});
