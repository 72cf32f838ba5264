import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allHeads, inspectRows, inspectTree } from '../../../../renderer/features/images/inspect-rows.ts';

const nothing: ReadonlySet<string> = new Set();
const answer = { Id: 'sha256:1', Config: { Env: ['PATH=/bin', 'A=b'], 'a/b~c': null }, Size: 12, RepoTags: [] };
const tree = inspectTree(answer);
const names = (opened: ReadonlySet<string>, search = '', shut = nothing) =>
  inspectRows(tree, { opened, shut }, search).map(({ path }) => path);

test('closed, only the first names are there; what is opened shows what is in it', () => {
  expect(names(nothing)).toEqual(['/Id', '/Config', '/Size', '/RepoTags']);
  expect(names(new Set(['/Config']))).toEqual(['/Id', '/Config', '/Config/Env', '/Config/a~1b~0c', '/Size', '/RepoTags']);
  expect(inspectRows(tree, { opened: nothing, shut: nothing }, '')[1]).toMatchObject({ kind: 'names', count: 2, isOpen: false, depth: 0 });
});

test('a search shows what has every word, with all that it is in, and marks it', () => {
  const found = inspectRows(tree, { opened: nothing, shut: nothing }, 'PATH bin');
  expect(found.map(({ path, isMatch }) => [path, isMatch])).toEqual([
    ['/Config', false],
    ['/Config/Env', false],
    ['/Config/Env/0', true],
  ]);
  expect(found[2]?.value).toBe('PATH=/bin');
  expect(names(nothing, 'env')).toEqual(['/Config', '/Config/Env']);
  expect(names(nothing, 'nowhere')).toEqual([]);
  // what was found stays in a head that was shut
  expect(names(nothing, 'PATH bin', new Set(['/Config/Env']))).toEqual(['/Config', '/Config/Env']);
});

test('whatever the engine says: with everything open each value is there once, and is found by its own words', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (said) => {
      const whole = inspectTree(said);
      const rows = inspectRows(whole, { opened: new Set(allHeads(whole)), shut: nothing }, '');
      expect(new Set(rows.map(({ path }) => path)).size).toBe(rows.length);
      const values = (value: unknown): number =>
        typeof value === 'object' && value !== null ? Object.values(value).reduce((sum: number, one) => sum + values(one), 0) : 1;
      expect(rows.filter(({ value }) => value !== undefined).length).toBe(values(said));
      for (const row of rows.slice(0, 20)) {
        const words = `${row.name} ${row.value ?? ''}`;
        if (words.trim() === '') continue;
        expect(inspectRows(whole, { opened: nothing, shut: nothing }, words).map(({ path }) => path)).toContain(row.path);
      }
    }),
    { seed: 13 },
  );
});
