import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alignSteps } from '../../../../../renderer/features/layer-files/compare/align-steps.ts';
import { type DiffLine, differingLines } from '../../../../../renderer/features/layer-files/compare/diff-lines.ts';
import { changeSentence, differenceWords, rowWords } from '../../../../../renderer/features/layer-files/compare/difference-words.ts';
import { layerFork } from '../../../../../renderer/features/layer-files/compare/layer-fork.ts';
import { settingDifferences } from '../../../../../renderer/features/layer-files/compare/setting-differences.ts';
import { sideNames } from '../../../../../renderer/features/layer-files/compare/side-names.ts';
import { madeImage, madeRow } from '../../../../support/layer-files/made-comparison.ts';

const side = (name: string, place = 'here') => ({ name, place });

test.each([
  [side('acme/shop:2.3.0'), side('acme/shop:2.3.1'), ['2.3.0', '2.3.1']],
  [side('acme/shop:1'), side('acme/shop:2'), ['shop:1', 'shop:2']],
  [side('acme/shop:1'), side('acme/site:1'), ['acme/shop:1', 'acme/site:1']],
  [side('acme/shop'), side('acme/shop:1'), ['acme/shop', 'acme/shop:1']],
  [side('acme/shop:1', 'on Docker'), side('acme/shop:1', 'in a file'), ['the one on Docker', 'the one in a file']],
  [side('acme/shop:1'), side('acme/shop:1'), ['the first', 'the second']],
])('%o and %o are told apart by as little as possible', (first, second, names) => {
  expect(sideNames([first, second])).toEqual(names);
});

test('layers diverge where the first one differs, whatever comes after', () => {
  const fork = (first: string, second: string) =>
    layerFork(madeImage({ layers: [...first] }).layers, madeImage({ layers: [...second] }).layers);
  expect(fork('abc', 'abd')).toMatchObject({ common: 2, first: { diffId: 'c' }, second: { diffId: 'd' }, alsoShared: 0 });
  expect(fork('axb', 'ayb')).toMatchObject({ common: 1, alsoShared: 1 });
  expect(fork('ab', 'ab')).toEqual({ common: 2, alsoShared: 0 });
  expect(fork('ab', 'abc')).toMatchObject({ common: 2, second: { diffId: 'c' } });
  expect(fork('', 'a')).toMatchObject({ common: 0 });
});

test('every setting is compared, variables and labels by name', () => {
  const first = madeImage({
    settings: {
      command: ['run', 'a b'],
      environment: ['PATH=/bin', 'GONE=1', 'TWICE=1', 'TWICE=2'],
      labels: { v: '1' },
      ports: ['80/tcp'],
      user: 'web',
    },
  });
  const second = madeImage({
    platform: 'linux/arm64',
    settings: {
      command: ['run', 'a', 'b'],
      environment: ['TWICE=2', 'PATH=/bin:/x'],
      labels: { v: '1', w: '' },
      ports: ['80/tcp', '443/tcp'],
    },
  });
  expect(settingDifferences(first, second)).toEqual([
    { setting: 'Built for', first: 'linux/amd64', second: 'linux/arm64' },
    { setting: 'Command', first: 'run "a b"', second: 'run a b' },
    { setting: 'Runs as', first: 'web' },
    { setting: 'Environment', key: 'GONE', first: '1' },
    { setting: 'Environment', key: 'PATH', first: '/bin', second: '/bin:/x' },
    { setting: 'Listens on', key: '443/tcp', second: '' },
    { setting: 'Labels', key: 'w', second: '' },
  ]);
  expect(settingDifferences(first, first)).toEqual([]);
});

const steps = (...instructions: string[]) => instructions.map((instruction) => ({ instruction, createdAt: 0 }));

test('steps stand beside each other, and none is lost', () => {
  const pairs = alignSteps(steps('FROM', 'RUN a', 'COPY'), steps('FROM', 'RUN b', 'COPY', 'CMD'));
  const words = pairs.map(({ first, second }) => [first?.instruction, second?.instruction]);
  expect(words).toEqual([
    ['FROM', 'FROM'],
    ['RUN a', 'RUN b'],
    ['COPY', 'COPY'],
    [undefined, 'CMD'],
  ]);
  expect(pairs.map(({ isSame }) => isSame)).toEqual([true, false, true, false]);
  const copied = (digit: string) => steps(`COPY file:${digit.repeat(64)} in /app`);
  expect(alignSteps(copied('a'), copied('b'))).toMatchObject([{ isSame: true }]);
  const any = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 }).map((all) => steps(...all));
  fc.assert(
    fc.property(any, any, (one, other) => {
      const found = alignSteps(one, other);
      expect(found.flatMap(({ first }) => first ?? [])).toEqual(one);
      expect(found.flatMap(({ second }) => second ?? [])).toEqual(other);
      for (const { first, second, isSame } of found) if (isSame) expect(first?.instruction).toBe(second?.instruction);
    }),
    { numRuns: 500, seed: 3 },
  );
});

test('a row says how it differs beyond its bytes', () => {
  const words = (...made: Parameters<typeof madeRow>) => rowWords(madeRow(...made)).replaceAll('\u00a0', ' ');
  expect(words()).toBe('other content of the same size');
  expect(words({}, { size: 11 })).toBe('');
  expect(words({ aspects: ['mode', 'owner'] }, { mode: 0o755, uid: 7 })).toBe('mode 644 → 755, can now be run, owner 0:0 → 7:0');
  expect(words({ aspects: ['mode'] }, { mode: 0o640 })).toBe('mode 644 → 640');
  expect(words({ kind: 'folder', change: 'added', sums: { added: 84, changed: 0, removed: 0, bytes: [0, 9] } })).toBe('84 files');
  expect(words({ aspects: ['time'] })).toBe('another time');
  expect(differenceWords(10, 36).replace('\u00a0', ' ')).toBe('+26 B');
  expect(differenceWords(1000, 88).replace('\u00a0', ' ')).toBe('−912 B');
  expect(differenceWords(5, 5)).toBe('');
  expect(changeSentence(madeRow({}, { size: 36 }), ['a', 'b']).replace('\u00a0', ' ')).toBe('Larger by 26 B');
  expect(changeSentence(madeRow({ change: 'added' }), ['a', 'b'])).toBe('Only in b');
});

/** What a list of lines says both texts are, as far as it is not folded up. */
const sidesOf = (lines: DiffLine[]) => ({
  first: lines.flatMap((line) => (line.kind === 'same' || line.kind === 'removed' ? [line.text] : [])),
  second: lines.flatMap((line) => (line.kind === 'same' || line.kind === 'added' ? [line.text] : [])),
});

test('lines that differ stand with the lines around them, and gaps count what is between', async () => {
  const many = Array.from({ length: 40 }, (_, at) => `line ${at}\n`);
  const lines = (await differingLines(many.join(''), many.with(20, 'other\n').join(''))) ?? [];
  expect(lines.map((line) => (line.kind === 'gap' ? line.lines : line.kind))).toEqual([
    17,
    'same',
    'same',
    'same',
    'removed',
    'added',
    'same',
    'same',
    'same',
    16,
  ]);
  expect(lines[4]).toEqual({ kind: 'removed', first: 21, text: 'line 20\n' });
  expect(await differingLines('same\n', 'same\n')).toEqual([{ kind: 'same', first: 1, second: 1, text: 'same\n' }]);
});

test('both texts can be put together again from the lines that differ', async () => {
  const text = fc.array(fc.constantFrom('a\n', 'b\n', '\n', 'c'), { maxLength: 6 }).map((parts) => parts.join(''));
  await fc.assert(
    fc.asyncProperty(text, text, async (first, second) => {
      const { first: one, second: other } = sidesOf((await differingLines(first, second)) ?? []);
      // so short that nothing is folded up, but for what is all the same
      if (first === second) return;
      expect([one.join(''), other.join('')]).toEqual([first, second]);
    }),
    { numRuns: 300, seed: 5 },
  );
});

test('texts with nothing in common are given up', async () => {
  const numbers = (from: number) => Array.from({ length: 6000 }, (_, at) => `${from + at}\n`).join('');
  expect(await differingLines(numbers(0), numbers(1_000_000))).toBeUndefined();
});
