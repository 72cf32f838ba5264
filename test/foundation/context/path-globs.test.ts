import { expect, test } from 'vitest';
import { PathGlobs } from '../../../main/foundation/context/path-globs.ts';

test.each([
  ['src/*/a', { src: 'part', 'src/x': 'part', 'src/x/a': 'all', 'src/x/a/b': 'all', 'src/x/y': 'none', other: 'none' }],
  ['./lib//b/', { lib: 'part', 'lib/b': 'all', 'lib/b/c': 'all', 'lib/c': 'none' }],
  ['', { a: 'all' }],
  ['.', { a: 'all' }],
  ['a/../b', { a: 'none', b: 'all' }],
  ['!a.txt', { '!a.txt': 'all', 'a.txt': 'none' }],
  [' a.txt', { ' a.txt': 'all', 'a.txt': 'none' }],
  ['a, b', { 'a, b': 'all', a: 'none', b: 'none' }],
  ['[ab].txt', { 'a.txt': 'all', '[ab].txt': 'all', 'c.txt': 'none' }],
  ['[^a].txt', { 'a.txt': 'none', 'b.txt': 'all' }],
  ['[', { '[': 'all', a: 'none' }],
  ['a\\*', { 'a*': 'all', ab: 'none', 'a\\*': 'all' }],
  ['a.c', { 'a.c': 'all', abc: 'none' }],
  ['a|b(c){2}+$^', { 'a|b(c){2}+$^': 'all', a: 'none' }],
  ['?', { ü: 'all', '🐳': 'all', '\udce9': 'all', ab: 'none' }],
  ['**/x', { a: 'all', 'a/b': 'all' }],
] as const)('%j covers', (glob, expected) => {
  const globs = new PathGlobs([glob]);
  const found = Object.fromEntries(Object.keys(expected).map((path) => [path, globs.covers(path)]));
  expect(found).toEqual(expected);
});

// with an engine that tries every way, this would not end
test('a pattern of many stars comes to an end', () => {
  expect(new PathGlobs(['*a'.repeat(30)]).covers('a'.repeat(200).concat('b'))).toBe('none');
});
