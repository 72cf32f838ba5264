import { symlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { walkContext } from '../../../main/foundation/context/context-walk.ts';
import { IgnorePatterns, readIgnoreFile } from '../../../main/foundation/context/ignore-patterns.ts';
import { PathGlobs } from '../../../main/foundation/context/path-globs.ts';
import { WorkFolder } from '../../support/work-folder.ts';

async function paths(folder: WorkFolder, { include, exclude }: { include?: string[]; exclude?: string }): Promise<string[]> {
  const entries = walkContext(folder.path, {
    ...(include && { include: new PathGlobs(include) }),
    ...(exclude && { exclude: new IgnorePatterns(readIgnoreFile(exclude)) }),
  });
  return (await Array.fromAsync(entries)).map(({ path }) => path);
}

test('depth first, names by their bytes', async () => {
  using folder = new WorkFolder({ 'b/2': '', 'b/10': '', a: '', 'b.txt': '', Z: '', ü: '' });
  expect(await paths(folder, {})).toEqual(['Z', 'a', 'b', 'b/10', 'b/2', 'b.txt', 'ü']);
});

test('a file that is taken in again brings its folder, which stays out otherwise', async () => {
  using folder = new WorkFolder({ 'src/keep/a': '', 'src/drop': '', 'lib/b': '' });
  expect(await paths(folder, { exclude: '*\n!src/keep' })).toEqual(['src', 'src/keep', 'src/keep/a']);
});

test('for a tarball it comes alone', async () => {
  using folder = new WorkFolder({ 'src/keep/a': '' });
  const exclude = new IgnorePatterns(readIgnoreFile('*\n!src/keep'));
  const entries = await Array.fromAsync(walkContext(folder.path, { exclude, childrenAlone: true }));
  expect(entries.map(({ path }) => path)).toEqual(['src/keep', 'src/keep/a']);
});

test('only what is asked for is sent', async () => {
  using folder = new WorkFolder({ 'src/a': '', 'src/b': '', c: '' });
  expect(await paths(folder, { include: ['src/a'] })).toEqual(['src', 'src/a']);
});

test('links are links, even those that lead nowhere', async () => {
  using folder = new WorkFolder({ a: '' });
  symlinkSync('nowhere', folder.file('dangling'));
  const [, link] = await Array.fromAsync(walkContext(folder.path, {}));
  expect(link).toMatchObject({ path: 'dangling', linkTarget: 'nowhere' });
});
