import { expect, test } from 'vitest';
import { IgnorePatterns, readIgnoreFile } from '../../../main/foundation/context/ignore-patterns.ts';

const ignored = (text: string, path: string) => new IgnorePatterns(readIgnoreFile(text)).matches(path);

// Each line was compared with the docker CLI (see the facts about the engine in docs/decisions.md).
test.each([
  ['node_modules', 'node_modules/a/b', true],
  ['node_modules', 'src/node_modules/a', false],
  ['**/node_modules', 'src/node_modules/a', true],
  ['*.md', 'README.md', true],
  ['*.md', 'docs/README.md', false],
  ['**/*.md', 'docs/README.md', true],
  ['**.md', 'docs/README.md', true],
  ['*\n!src', 'src/a', false],
  ['*\n!src', 'lib/a', true],
  ['*.md\n!README.md', 'README.md', false],
  ['dir\n!**/keep', 'dir/sub/keep', false],
  ['/a/', 'a/b', true],
  ['./a', 'a', true],
  ['a+b', 'a+b', true],
  ['a+b', 'aab', false],
  ['a?c', 'abc', true],
  ['a?c', 'a/c', false],
  ['[ab]c', 'ac', true],
  ['[^ab]c', 'ac', false],
  ['\\#x', '#x', true],
  ['# comment', '# comment', false],
  ['  a  ', 'a', true],
  ['a/../b', 'b', true],
  ['**', 'anything/at/all', true],
  ['foo/**', 'foo/bar', true],
  ['foo/**', 'foo', false],
  ['**/foo', 'foo', true],
  ['a/**/b', 'a/b', true],
  ['a/**/b', 'a/x/y/b', true],
  ['\uFEFFa', 'a', true],
  ['.git', '.gitignore', false],
])('%j and %s: %s', (text, path, expected) => expect(ignored(text, path)).toBe(expected));

test('a lone exclamation mark is refused, as docker does', () => {
  expect(() => new IgnorePatterns(['!'])).toThrow('illegal exclusion pattern');
});

test.each(['[', '[]', '[a-]', 'a\\', '[z-a]'])('%j is refused, as docker does', (pattern) => {
  expect(() => new IgnorePatterns([pattern])).toThrow();
});

// with an engine that tries every way, this would not end
test('a pattern of many stars comes to an end', () => {
  expect(new IgnorePatterns(['*a*a*a*a*a*a*b', `${'**/*a'.repeat(20)}/b`]).matches('a'.repeat(250))).toBe(false);
});

test.each([
  ['\\d', '7', true],
  ['^a*', 'ab', true],
  ['a|b*', 'anything', true],
  ['x{2}*', 'xx', true],
  ['[*]', '*', false],
  ['caf\udce9*', 'caf\udce9.txt', true],
  ['\u0085a\u0085', 'a', true],
  ['\ufeff\ufeffa', 'a', false],
])('the odd %j means for %j what docker’s expression means: %s', (text, path, expected) => expect(ignored(text, path)).toBe(expected));

test.each(['\\ü', 'a*\\1', '\\pX*'])('%j isn’t an expression to docker either', (pattern) => {
  expect(() => new IgnorePatterns([pattern])).toThrow();
});

test('a line of more than 64 KB is refused, as docker does', () => {
  expect(readIgnoreFile('x'.repeat(65_535))).toHaveLength(1);
  expect(() => readIgnoreFile('x'.repeat(65_536))).toThrow('too long');
  expect(() => readIgnoreFile('ü'.repeat(32_768))).toThrow('too long');
});
