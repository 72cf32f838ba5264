import { describe, expect, test } from 'vitest';
import { compareContexts, type Selection, type SentContext } from '../../../../main/foundation/context/record/compare-contexts.ts';
import { decodeFile, encodeFile, type RecordedFile } from '../../../../main/foundation/context/record/recorded-file.ts';

const file = (path: string, more: Partial<RecordedFile> = {}): RecordedFile => ({
  path,
  type: 'file',
  mode: 0o644,
  digest: 'd',
  stamp: 's',
  ...more,
});
const context = (...files: RecordedFile[]): SentContext => ({
  files: new Map(files.map((one) => [one.path, one])),
  builder: 'buildkit',
  ignoreLines: [],
});
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

test('added and removed files are listed without the folders that came and went with them', () => {
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
  const after = context(...[...before.files.values()].map((one) => ({ ...one, digest: 'new' })));
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
  expect(compareContexts(context(file('a', { stamp: 'a' })), context(unread), all)).toEqual({
    changes: [],
    total: 0,
    selected: 1,
    uncertain: 1,
  });
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

test('if a link is a source, or on the way to one, what it leads to counts', () => {
  const links = [file('here', { type: 'link', target: 'src/a' }), file('dir', { type: 'link', target: '/src' })];
  const before = context(...links, file('src/a', { digest: '1' }), file('src/b', { digest: '1' }));
  const after = context(...links, file('src/a', { digest: '2' }), file('src/b', { digest: '2' }));
  const paths = (...sources: string[]) => compareContexts(before, after, { sources, excludes: [] }).changes.map(({ path }) => path);
  expect(paths('here')).toEqual(['src/a']);
  expect(paths('dir/b')).toEqual(['src/b']);
  expect(paths('h*')).toEqual(['src/a']);
});

test('a link inside a copied folder stays a link; if it was redirected, only that is told', () => {
  const inside = (target: string) => file('in/l', { type: 'link', target });
  const before = context(inside('../a'), file('a', { digest: '1' }));
  expect(compareContexts(before, context(inside('../a'), file('a', { digest: '2' })), { sources: ['in'], excludes: [] }).total).toBe(0);
  const turned = compareContexts(before, context(inside('../b'), file('b')), { sources: ['in/l'], excludes: [] });
  expect(turned.changes).toEqual([{ path: 'in/l', differences: [{ what: 'target', before: '../a', after: '../b' }] }]);
});

describe('a file that exists only one of the two times', () => {
  const change = (before: SentContext, after: SentContext) => compareContexts(before, after, all).changes[0];
  const ignoring = (whole: SentContext, ...ignoreLines: string[]): SentContext => ({ ...whole, ignoreLines });

  test('left out by the ignore file from now on, or no longer', () => {
    expect(change(context(file('a/b')), ignoring(context(), 'a'))).toEqual({ path: 'a/b', differences: [{ what: 'ignored' }] });
    const freed = change(ignoring(context(), '*.b'), context(file('a.b')));
    expect(freed).toEqual({ path: 'a.b', differences: [{ what: 'no-longer-ignored' }] });
  });

  test('gone, whatever else is ignored', () => {
    expect(change(context(file('a')), ignoring(context(), 'b'))?.differences).toEqual([{ what: 'removed' }]);
    expect(change(ignoring(context(), 'b'), context(file('a')))?.differences).toEqual([{ what: 'added' }]);
  });

  test('a folder that is left out comes and goes with what is taken in again', () => {
    const lines = ['a', '!a/b'];
    const before = ignoring(context(file('a', { type: 'folder' })), ...lines);
    expect(change(before, ignoring(context(), ...lines))?.differences).toEqual([{ what: 'no-longer-sent' }]);
  });

  test('if it is not known what was ignored, nothing more is said', () => {
    const { ignoreLines: _, ...unknown } = context();
    expect(change(context(file('a')), unknown)?.differences).toEqual([{ what: 'no-longer-sent' }]);
    expect(change(unknown, context(file('a')))?.differences).toEqual([{ what: 'sent' }]);
  });

  test('under a name that looks the same', () => {
    const [composed, apart] = ['gr\u00fc\u00dfe', 'gru\u0308\u00dfe'];
    expect(compareContexts(context(file(composed)), context(file(apart)), all).changes).toEqual([
      { path: apart, differences: [{ what: 'added' }], looksLike: composed },
      { path: composed, differences: [{ what: 'removed' }], looksLike: apart },
    ]);
    expect(change(context(file('a')), context(file('b')))?.looksLike).toBeUndefined();
  });
});

describe('a second name of a file', () => {
  const classic = (...files: RecordedFile[]): SentContext => ({ ...context(...files), builder: 'classic' });
  const pair = (more: Partial<RecordedFile>) => [file('a'), file('z', more)];

  test('differs from a copy only for the classic builder', () => {
    const compare = (make: typeof classic) => compareContexts(make(...pair({})), make(...pair({ hardLink: 'a' })), all).changes;
    expect(compare(classic)).toEqual([{ path: 'z', differences: [{ what: 'hard-link', after: 'a' }] }]);
    expect(compare(context)).toEqual([]);
    const back = compareContexts(classic(...pair({ hardLink: 'a' })), classic(...pair({})), all).changes;
    expect(back).toEqual([{ path: 'z', differences: [{ what: 'hard-link', before: 'a' }] }]);
  });

  test('has no content of its own there', () => {
    const edited = classic(file('a', { digest: 'new' }), file('z', { hardLink: 'a', digest: 'new' }));
    const compare = (sources: string[]) => compareContexts(classic(...pair({ hardLink: 'a' })), edited, { sources, excludes: [] });
    expect(compare(['.']).changes.map(({ path }) => path)).toEqual(['a']);
    expect(compare(['z']).total).toBe(0);
  });

  test('is kept', () => {
    const one = file('z', { hardLink: 'a' });
    expect(decodeFile(encodeFile(one))).toEqual(one);
  });
});

test.each(['!a.txt', ' a.txt', 'a  b.txt', '#a'])('a file named %j is found by that name', (name) => {
  const { changes } = compareContexts(context(file(name)), context(file(name, { digest: 'new' })), { sources: [name], excludes: [] });
  expect(changes).toEqual([{ path: name, differences: [{ what: 'content' }] }]);
});
