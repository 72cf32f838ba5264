import { expect, test } from 'vitest';
import { type ContextFolder, type IgnoreFileUse, ignorePattern } from '../../../../../contract/context-map.ts';
import { IgnorePatterns, readIgnoreFile } from '../../../../../main/foundation/context/ignore-patterns.ts';
import { folderAt, partsOf } from '../../../../../renderer/features/builds/context/context-parts.ts';
import { amountWords, leftWords } from '../../../../../renderer/features/builds/context/context-words.ts';
import { layOutMap } from '../../../../../renderer/features/builds/context/lay-out-map.ts';

const amount = (files: number, bytes: number) => ({ files, bytes });
const root: ContextFolder = {
  name: '',
  sent: amount(5, 90),
  left: amount(3, 60),
  children: [
    {
      name: 'src',
      sent: amount(2, 60),
      left: amount(1, 20),
      children: [
        { name: 'a', bytes: 60, isLeft: false },
        { name: 'b.log', bytes: 20, isLeft: true },
      ],
      rest: amount(1, 0),
    },
    { name: 'logs', sent: amount(0, 0), left: amount(1, 40), children: [], rest: amount(1, 40) },
    { name: 'x', bytes: 20, isLeft: false },
  ],
  rest: amount(3, 10),
};

test('says of each part whether it is sent, and adds the rest up', () => {
  expect(partsOf(root, []).map(({ path, kind, fate, canOpen }) => [path, kind, fate, canOpen])).toEqual([
    ['src', 'folder', 'partly', true],
    ['logs', 'folder', 'left', false],
    ['x', 'file', 'sent', false],
    ['//rest', 'rest', 'partly', false],
  ]);
  expect(partsOf(root, []).at(-1)).toMatchObject({ sent: amount(2, 10), left: amount(1, 0) });
});

test('goes down as far as the path exists', () => {
  expect(folderAt(root, ['src']).path).toEqual(['src']);
  expect(folderAt(root, ['src', 'gone', 'deeper']).path).toEqual(['src']);
  expect(partsOf(folderAt(root, ['src']).folder, ['src'])[0]?.path).toBe('src/a');
});

test('areas are bytes, and nothing overlaps', () => {
  const size = { width: 600, height: 400 };
  const top = layOutMap(root, [], size, true).filter(({ depth }) => depth === 1);
  const area = (path: string) => top.filter(({ part }) => part.path === path).reduce((sum, { width, height }) => sum + width * height, 0);
  expect(area('src') / area('x')).toBeGreaterThan(3);
  expect(area('src') / area('x')).toBeLessThan(5);
  for (const one of top)
    for (const other of top)
      if (one !== other)
        expect(
          one.x + one.width <= other.x ||
            other.x + other.width <= one.x ||
            one.y + one.height <= other.y ||
            other.y + other.height <= one.y,
        ).toBe(true);
});

test('without the files that are left out, only the sent ones remain', () => {
  const shown = layOutMap(root, [], { width: 600, height: 400 }, false);
  expect(shown.map(({ part }) => part.path)).not.toContain('logs');
  expect(layOutMap(root, [], { width: 0, height: 0 }, true)).toEqual([]);
});

test('says amounts in words', () => {
  const plain = (words: string) => words.replaceAll('\u00a0', ' ');
  const ignore = (ignoreFileUse: IgnoreFileUse) => ({ ignoreFile: '.dockerignore', ignoreFileUse });
  expect(plain(amountWords(amount(1204, 42_300_000)))).toBe('42.3 MB in 1,204 files');
  expect(plain(leftWords({ left: amount(1, 5), ...ignore('read') }))).toBe('5 B in 1 file is left out by .dockerignore.');
  expect(leftWords({ left: amount(0, 0), ...ignore('absent') })).toContain('has no .dockerignore');
  expect(leftWords({ left: amount(0, 0), ...ignore('read') })).toBe('.dockerignore leaves nothing out.');
  expect(leftWords({ left: amount(0, 0), ...ignore('not-read') })).toContain('the builder doesn’t read it');
});

test.each(['a', 'a b', ' a', 'a ', '#a', '!a', 'a*b', 'a[1]', 'a\\b', 'src/a?.txt'])('the ignore line for %j matches only that', (path) => {
  const patterns = new IgnorePatterns(readIgnoreFile(ignorePattern(path)));
  expect(patterns.matches(path)).toBe(true);
  expect(patterns.matches('aXb')).toBe(false);
  expect(patterns.matches('a1')).toBe(false);
});
