import { symlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { followLinks } from '../../../../main/features/builds/session/follow-links.ts';
import { WorkFolder } from '../../../support/work-folder.ts';

test.each([
  ['real/file', ['real/file']],
  ['./real//file', ['real/file']],
  ['folder/file', ['folder', 'real/file']],
  ['absolute/file', ['absolute', 'real/file']],
  ['folder/*.txt', ['folder', 'real/*.txt']],
  ['second/a/b', ['second', 'folder', 'real/a/b']],
  ['f?lder', ['f?lder', 'real']],
  ['real/out/x', ['real/out', 'beside/x']],
  ['nowhere/x', ['nowhere/x']],
  ['outside', ['outside', 'etc/passwd']],
])('%s leads to %j', async (path, ways) => {
  using folder = new WorkFolder({ 'real/file': '', 'beside/x': '' });
  const links = { folder: 'real', absolute: '/real', second: 'folder', 'real/out': '../beside', outside: '../../../etc/passwd' };
  for (const [name, target] of Object.entries(links)) symlinkSync(target, folder.file(name));
  expect(await followLinks(folder.path, [path])).toEqual(ways);
});

test('following links in a circle ends', async () => {
  using folder = new WorkFolder();
  symlinkSync('b', folder.file('a'));
  symlinkSync('a', folder.file('b'));
  expect(new Set(await followLinks(folder.path, ['a/x']))).toEqual(new Set(['a', 'b']));
});
