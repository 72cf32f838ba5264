import { expect, test } from 'vitest';
import { readYaml, UnreadableYaml } from '../../../../main/features/projects/compose/read-yaml.ts';
import { isList, isMapping, printed, type Value } from '../../../../main/features/projects/compose/values.ts';

function plain(value: Value): unknown {
  if (isMapping(value)) return Object.fromEntries([...value].map(([key, one]) => [key, plain(one)]));
  return isList(value) ? value.map(plain) : (printed(value) ?? value);
}

const read = (text: string) => readYaml(text).map(({ content }) => plain(content));

test('scalars mean what Compose’s reader takes them for', () => {
  expect(read('a: yes\nb: 010\nc: 1_000\nd: 1.50\ne: ~\nf: "010"\ng: 2001-1-4\nh: true\ni: 0x1F\nj: 1e6\nk: !!str 010\n')).toEqual([
    {
      a: 'yes',
      b: '8',
      c: '1000',
      d: '1.5',
      e: null,
      f: '010',
      g: '2001-01-04 00:00:00 +0000 UTC',
      h: 'true',
      i: '31',
      j: '1e+06',
      k: '010',
    },
  ]);
});

test('merges what is merged: the mapping itself counts most, then what comes first', () => {
  expect(read('a: &a {x: 1, y: 1}\nb: &b {x: 2, z: 2}\nc: {y: 3, <<: [*a, *b]}\n')[0]).toMatchObject({ c: { x: '1', y: '3', z: '2' } });
});

test('an alias means the last anchor of that name before it', () => {
  expect(read('a: &a 1\nb: *a\nc: &a 2\nd: *a\n')).toEqual([{ a: '1', b: '1', c: '2', d: '2' }]);
});

test('says what a file takes out of those below it, and reads several documents', () => {
  const [first, second] = readYaml('a: {b: !reset null, c: !override [1]}\n---\n---\nd: 1\n');
  expect(first?.replaced).toEqual([
    ['a', 'b'],
    ['a', 'c'],
  ]);
  expect(plain(first?.content as Value)).toEqual({ a: { c: ['1'] } });
  expect(plain(second?.content as Value)).toEqual({ d: '1' });
});

test('a key of any name is only a key', () => {
  const [document] = readYaml('__proto__: {polluted: 1}\nconstructor: 2\n');
  expect(document?.content.has('__proto__')).toBe(true);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

const bomb = Array.from({ length: 12 }, (_, level) => `l${level}: &l${level} [${level ? `*l${level - 1},`.repeat(9) : '1'}]`).join('\n');

test.each([
  ['an alias inside of itself', 'a: &a [*a]\n', 1],
  ['an alias of nothing', 'x: 1\na: *b\n', 2],
  ['the same key twice', 'a: 1\nb: 2\na: 3\n', 3],
  ['a bracket that stays open', 'a: [1\n', 2],
  ['a list instead of keys', '- a\n', 1],
  ['a key that is a number', 'a: 1\n2: b\n', 2],
  ['a tag of its own', 'a: !include b\n', 1],
  ['a merge of a text', 'a: 1\nb: {<<: x}\n', 2],
  ['a time whose form depends on the computer', 'a: 2001-12-14T21:59:43+02:00\n', 1],
  ['a number that is none', 'a: .inf\n', 1],
  ['a few lines that stand for billions', bomb, undefined],
])('refuses %s', (_, text, line) => {
  expect(() => readYaml(text)).toThrow(UnreadableYaml);
  try {
    readYaml(text);
  } catch (error) {
    expect((error as UnreadableYaml).line).toBe(line);
  }
});
