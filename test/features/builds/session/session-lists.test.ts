import { expect, test } from 'vitest';
import { readList, wholeList } from '../../../../main/features/builds/session/asked-paths.ts';

const headers = (all: Record<string, string[]>) => (name: string) => all[name] ?? [];

test('values are bytes, each one on its own', () => {
  const given = headers({ followpaths: ['a, b.txt', Buffer.from('grüße').toString('latin1'), ' a', 'caf\xe9', '100%25+x'] });
  expect(readList(given, 'followpaths')).toEqual(['a, b.txt', 'grüße', ' a', 'caf\udce9', '100%25+x']);
});

test('newer builders encode them as in a query', () => {
  const given = headers({ 'exclude-patterns': ['%C3%BCbung', '%2A%2A%2F%2A.pem', 'a+b', '%2B', '%E9'], 'exclude-patterns-encoded': ['1'] });
  expect(readList(given, 'exclude-patterns')).toEqual(['übung', '**/*.pem', 'a b', '+', '\udce9']);
});

test('a value that cannot be read ends the build', () => {
  expect(() => readList(headers({ x: ['100%'], 'x-encoded': ['1'] }), 'x')).toThrow('can’t be sent');
});

test('a line that was changed or lost on the way is taken from the file', () => {
  const lines = ['a', 'b\u0001', 'caf\udce9'];
  expect(wholeList(['a', 'caf\ufffd'], lines)).toEqual(lines);
  expect(wholeList(['a', 'b\u0001', 'caf\ufffd'], lines)).toEqual(lines);
});

test('a list that does not come from the file is taken as it came, unless something is missing in it', () => {
  expect(wholeList(['other'], ['a'])).toEqual(['other']);
  expect(wholeList([], [])).toEqual([]);
  expect(() => wholeList(['other'], ['a', 'b\u0001'])).toThrow('can’t be sent');
});
