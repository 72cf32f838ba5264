import { describe, expect, test } from 'vitest';
import type { ComparedImage, ComparedPackages, CompareSummary } from '../../../../../contract/compare.ts';
import { verdict } from '../../../../../renderer/features/layer-files/compare/verdict.ts';
import { madeImage, madeSummary } from '../../../../support/layer-files/made-comparison.ts';

const say = (
  images: [ComparedImage, ComparedImage],
  summary?: CompareSummary,
  packages?: ComparedPackages,
  names: [string, string] = ['2.3.0', '2.3.1'],
) => verdict({ names, images, summary, packages }).replaceAll('\u00a0', ' ');

const packages = (added: number, changed: number, removed: number): ComparedPackages => ({
  known: ['known', 'known'],
  totals: [9, 9],
  counts: { added, changed, removed },
  rows: [],
  total: added + changed + removed,
});
const files = (added: number, changed: number, removed: number) => ({ added, changed, removed });
const totals = (first: number, second: number): CompareSummary['totals'] => [
  { files: 5, bytes: first },
  { files: 5, bytes: second },
];
const two: [ComparedImage, ComparedImage] = [madeImage(), madeImage()];

describe('with all files known', () => {
  test.each<[string, CompareSummary, ComparedPackages | undefined]>([
    ['The files and settings are the same', madeSummary(), undefined],
    ['The files are the same; only their times differ', madeSummary({ onlyTimes: 3 }), undefined],
    [
      '2.3.1 is 41.5 MB larger: 4 packages differ, 120 files added in /app/node_modules, 15 changed, 1 removed',
      madeSummary({ files: files(120, 15, 1), totals: totals(660_000_000, 701_500_000), addedIn: '/app/node_modules' }),
      packages(1, 3, 0),
    ],
    ['2.3.1 is as large as 2.3.0: 3 packages updated, 1 file changed', madeSummary({ files: files(0, 1, 0) }), packages(0, 3, 0)],
    ['2.3.1 is 200 B smaller: 1 file removed', madeSummary({ files: files(0, 0, 1), totals: totals(1000, 800) }), packages(0, 0, 0)],
    ['2.3.1 is as large as 2.3.0: 2 files changed', madeSummary({ files: files(0, 2, 0) }), undefined],
    ['2.3.1 is as large as 2.3.0: 1 folder added, 2 changed', madeSummary({ folders: files(1, 2, 0) }), undefined],
    ['2.3.0 and 2.3.1 have no file in common', madeSummary({ files: files(5, 0, 5), same: 0 }), undefined],
    [
      '2.3.1 is 1.0 kB larger: 5 files added',
      madeSummary({
        files: files(5, 0, 0),
        same: 0,
        totals: [
          { files: 0, bytes: 0 },
          { files: 5, bytes: 1000 },
        ],
      }),
      undefined,
    ],
  ])('%s', (words, summary, found) => {
    expect(say(two, summary, found)).toBe(words);
  });

  test('settings are named where files say nothing, and counted where they do', () => {
    const changed: [ComparedImage, ComparedImage] = [madeImage(), madeImage({ settings: { user: '1', environment: ['A=b'] } })];
    expect(say(changed, madeSummary())).toBe('The files are the same; 2 settings changed');
    expect(say(changed, madeSummary({ files: files(1, 0, 0) }))).toBe('2.3.1 is as large as 2.3.0: 1 file added, 2 settings changed');
  });

  test('another platform comes first', () => {
    const images: [ComparedImage, ComparedImage] = [madeImage(), madeImage({ platform: 'linux/arm64' })];
    expect(say(images, madeSummary({ files: files(0, 900, 0) }))).toBe(
      'They are for linux/amd64 and linux/arm64, and 2.3.1 is as large as 2.3.0: 900 files changed',
    );
    expect(say(images, madeSummary())).toBe('They are for linux/amd64 and linux/arm64, and the files and settings are the same');
    expect(say(images)).toBe('They are for linux/amd64 and linux/arm64, and they have the same layers and settings');
  });
});

test('a name keeps its letters, other words begin a sentence', () => {
  const summary = madeSummary({ files: files(1, 0, 0) });
  expect(say(two, summary, undefined, ['a:1', 'b:1'])).toBe('b:1 is as large as a:1: 1 file added');
  expect(say(two, summary, undefined, ['the first', 'the second'])).toBe('The second is as large as the first: 1 file added');
});

describe('before any layer was read', () => {
  test.each<[string, string[], string[]]>([
    ['They have the same layers and settings', ['a', 'b'], ['a', 'b']],
    ['2.3.0 and 2.3.1 have no layer in common at the bottom', ['a'], ['b', 'a']],
    ['2.3.1 goes on from 2.3.0 with 2 more layers', ['a'], ['a', 'b', 'c']],
    ['2.3.0 goes on from 2.3.1 with 1 more layer', ['a', 'b'], ['a']],
    ['2.3.0 and 2.3.1 share 2 layers, then diverge', ['a', 'b', 'c'], ['a', 'b', 'd']],
  ])('%s', (words, first, second) => {
    expect(say([madeImage({ layers: first }), madeImage({ layers: second })])).toBe(words);
  });

  test('the same layers with other settings', () => {
    expect(say([madeImage(), madeImage({ settings: { user: '1' } })])).toBe('They have the same layers; 1 setting changed');
  });
});

test('a digest in common means the same image, but not if it is that of a list for several platforms', () => {
  const same = madeImage({ ids: ['sha256:1', 'sha256:2'] });
  expect(say([same, madeImage({ ids: ['sha256:2'] })])).toBe('They are the same image');
  expect(say([same, madeImage({ ids: ['sha256:2'], platform: 'linux/arm64' })])).not.toBe('They are the same image');
  expect(say([same, madeImage({ ids: ['sha256:2'], layers: ['b'] })])).not.toBe('They are the same image');
});
