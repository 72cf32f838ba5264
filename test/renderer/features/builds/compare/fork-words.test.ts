import { describe, expect, test } from 'vitest';
import type { Fork, LayerDifference, Packed } from '../../../../../contract/cache-fork.ts';
import { accountOf } from '../../../../../renderer/features/builds/compare/fork-words.ts';

const titles = { id: 'b', title: 'b:1', firstTitle: 'a:1' };
const copy = (digit: string) => `COPY file:${digit.repeat(64)} in /app`;
const fork = (of: Partial<Fork>, isCauseTold = false): string => {
  const whole: Fork = { kind: 'fork', step: 4, instructions: [copy('1'), copy('2')], layers: { kind: 'same' }, ...of };
  const { lead, details } = accountOf({ ...titles, ...whole }, isCauseTold);
  return [lead, ...details].join('\n').replaceAll('\u00a0', ' ');
};
const packed = (of: Partial<Packed> = {}): Packed => ({
  uid: 0,
  gid: 0,
  hasKindInMode: false,
  isDotted: false,
  source: 'a',
  ...of,
});
const difference = (of: Partial<LayerDifference>): LayerDifference => ({
  aspect: 'content',
  count: 1,
  examples: ['app/a'],
  isOfFolders: false,
  ...of,
});

test('if nothing differs, and if that isn’t known', () => {
  const none = (first: number, own: number) => accountOf({ ...titles, kind: 'none', steps: [first, own] }).lead.replaceAll('\u00a0', ' ');
  expect(none(3, 3)).toBe('It has the same layers as a:1; nothing differs.');
  expect(none(3, 5)).toMatch(/^b:1 begins with all 3 steps of a:1 and goes on with 2 more/);
  expect(none(5, 3)).toMatch(/^a:1 begins with all 3 steps of b:1 and goes on with 2 more/);
  expect(accountOf({ ...titles, kind: 'unknown', instruction: 'RUN x' }).lead).toMatch(/^From “RUN x” on, it isn’t known/);
});

describe('the same files for the classic builder, packed in another way', () => {
  const told = (one: Partial<Packed> | undefined, own: Partial<Packed> | undefined) =>
    fork({ digests: 'different', packed: [one && packed(one), own && packed(own)] });

  test('another owner, and so another program', () => {
    const words = told({}, { uid: 1000, gid: 1000 });
    expect(words).toContain('The caches diverge at a COPY into /app: it was given the same files, but packed in another way.');
    expect(words).toContain('Another owner: 0:0 in a:1, 1000:1000 here.');
    expect(words).toContain('so another program packed the files of this image');
    expect(words).toContain('This is proved');
    expect(words).toContain('Both layers hold the same, down to the last byte.');
  });

  test('modes and names written differently don’t mean another owner', () => {
    const words = told({ hasKindInMode: true }, { isDotted: true, source: 'b' });
    expect(words).toContain('in a:1 they contain the kind of file');
    expect(words).toContain('in this image they begin with “./”');
    expect(words).toContain('Another name in the folder: “a” in a:1, “b” here.');
    expect(words).not.toContain('owner');
  });

  test('nothing is claimed without proof', () => {
    for (const words of [told(undefined, undefined), told({}, undefined), told(undefined, {})]) {
      expect(words).toContain('couldn’t find out');
      expect(words).not.toContain('Another owner');
      expect(words).not.toContain('another program');
    }
    expect(told(undefined, undefined)).not.toContain('proved');
    expect(told(undefined, { uid: 5 })).toContain('The files of this image were packed with the owner 5:0.');
  });
});

test('ADD may have been given an archive, and the layer keeps only its files', () => {
  const add = (digit: string) => copy(digit).replace('COPY', 'ADD');
  const words = fork({ digests: 'different', instructions: [add('1'), add('2')], packed: [undefined, undefined] });
  expect(words).toContain('to a cache, what it was given isn’t the same');
  expect(words).toContain('or the bytes of an archive or a download');
  expect(words).not.toContain('the same files');
});

describe('what the layers hold', () => {
  const told = (differences: LayerDifference[], of: Partial<Fork> = {}) =>
    fork({ digests: 'different', layers: { kind: 'different', differences }, ...of });

  test('other files are the cause', () => {
    const words = told([
      difference({ aspect: 'content', count: 7, examples: ['app/a', 'app/b'] }),
      difference({ aspect: 'mode', change: ['644', '755'] }),
      difference({ aspect: 'time', isOfFolders: true, examples: ['app'] }),
    ]);
    expect(words).toContain('it was given other files to copy');
    expect(words).toContain('Other content: 7 files: app/a, app/b and 5 others.');
    expect(words).toContain('Other permissions: 1 file (644 in a:1, 755 here): app/a.');
    expect(words).toContain('Also, the date of 1 folder differs (app).');
  });

  test('dates alone are no cause', () => {
    const dates = [difference({ aspect: 'time', isOfFolders: true, examples: ['app'] })];
    expect(told(dates, { digests: 'same' })).toContain('although it was given the same content to copy');
    const words = told(dates, { instructions: ['COPY a /app', 'COPY a /app'], digests: undefined, isByBuildKit: [true, true] });
    expect(words).toContain('the copied files differ in nothing that a cache looks at');
    expect(words).toContain('The layers hold the same files; only the date of 1 folder differs (app).');
  });

  test('no cause is made up for a command that ran twice', () => {
    const words = told([difference({ aspect: 'only-own' })], { instructions: ['RUN make', 'RUN make'], digests: undefined });
    expect(words).toContain('The layers don’t say why it wasn’t taken from the cache.');
    expect(words).toContain('Only here: 1 file: app/a.');
  });
});

test('what the records say is not called unknown', () => {
  const ran: Partial<Fork> = { instructions: ['RUN make', 'RUN make'], digests: undefined };
  expect(fork(ran)).toContain('The layers don’t say why');
  expect(fork(ran, true)).toBe(
    'The caches diverge at “RUN make”, which was run for each of the two.\nBoth layers hold the same, down to the last byte.',
  );
  expect(fork({ digests: 'same' })).toContain('couldn’t be used');
  expect(fork({ digests: 'same' }, true)).not.toContain('couldn’t be used');
});

test('two builders, and two instructions', () => {
  const words = fork({ isByBuildKit: [true, false], instructions: ['COPY a /app', copy('2')], layers: { kind: 'no-layer' } });
  expect(words).toBe(
    'From a COPY into /app on, BuildKit built a:1, and another builder built this image (with Docker, the classic one). Each has a cache of its own and takes no steps from the other.',
  );
  expect(fork({ isByBuildKit: [false, true] })).toContain('BuildKit built this image, and another builder built a:1');
  expect(fork({ instructions: ['RUN a', 'RUN b'] })).toContain('“RUN a” in a:1, “RUN b” here');
});
