import { describe, expect, test } from 'vitest';
import type { Fork, LayerDifference, Packed } from '../../../contract/cache-fork.ts';
import { accountOf } from '../../../renderer/build/compare/fork-words.ts';

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

test('where nothing parts, and where it is not known', () => {
  const none = (first: number, own: number) => accountOf({ ...titles, kind: 'none', steps: [first, own] }).lead.replaceAll('\u00a0', ' ');
  expect(none(3, 3)).toBe('It has the same layers as a:1, and nothing parts.');
  expect(none(3, 5)).toMatch(/^b:1 begins with all 3 steps of a:1 and goes on with 2 more/);
  expect(none(5, 3)).toMatch(/^a:1 begins with all 3 steps of b:1 and goes on with 2 more/);
  expect(accountOf({ ...titles, kind: 'unknown', instruction: 'RUN x' }).lead).toMatch(/^From “RUN x” on it is not known/);
});

describe('the same files for the classic builder, packed in another way', () => {
  const told = (one: Partial<Packed> | undefined, own: Partial<Packed> | undefined) =>
    fork({ digests: 'different', packed: [one && packed(one), own && packed(own)] });

  test('another owner, and so another program', () => {
    const words = told({}, { uid: 1000, gid: 1000 });
    expect(words).toContain('The cache parts at a COPY into /app: it was given the same files, but they were packed in another way.');
    expect(words).toContain('Another owner: 0:0 in a:1, 1000:1000 here.');
    expect(words).toContain('So another program packed the files of this image');
    expect(words).toContain('This is proved');
    expect(words).toContain('Both layers hold the same, to the last byte.');
  });

  test('modes and names written otherwise are no other owner', () => {
    const words = told({ hasKindInMode: true }, { isDotted: true, source: 'b' });
    expect(words).toContain('a:1 has the kind of file in them');
    expect(words).toContain('in this image they begin with “./”');
    expect(words).toContain('Another name in the folder: “a” in a:1, “b” here.');
    expect(words).not.toContain('owner');
  });

  test('what is not proved is not claimed', () => {
    for (const words of [told(undefined, undefined), told({}, undefined), told(undefined, {})]) {
      expect(words).toContain('could not be found out');
      expect(words).not.toContain('Another owner');
      expect(words).not.toContain('another program');
    }
    expect(told(undefined, undefined)).not.toContain('proved');
    expect(told(undefined, { uid: 5 })).toContain('The files of this image were packed with the owner 5:0.');
  });
});

test('ADD may have been given an archive, of which the layer keeps the files alone', () => {
  const add = (digit: string) => copy(digit).replace('COPY', 'ADD');
  const words = fork({ digests: 'different', instructions: [add('1'), add('2')], packed: [undefined, undefined] });
  expect(words).toContain('what it was given is not the same for the cache');
  expect(words).toContain('of an archive or a download, its own bytes');
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
    expect(words).toContain('Besides, the date of 1 folder differs (app).');
  });

  test('dates alone are none', () => {
    const dates = [difference({ aspect: 'time', isOfFolders: true, examples: ['app'] })];
    expect(told(dates, { digests: 'same' })).toContain('though it was given the same to copy');
    const words = told(dates, { instructions: ['COPY a /app', 'COPY a /app'], digests: undefined, isByBuildKit: [true, true] });
    expect(words).toContain('nothing differs in the copied files that a cache looks at');
    expect(words).toContain('The layers hold the same files; only the date of 1 folder differs (app).');
  });

  test('of a command that ran twice no cause is made up', () => {
    const words = told([difference({ aspect: 'only-own' })], { instructions: ['RUN make', 'RUN make'], digests: undefined });
    expect(words).toContain('The layers do not say why it was not taken from the cache.');
    expect(words).toContain('Only here: 1 file: app/a.');
  });
});

test('what the records tell is not called unknown', () => {
  const ran: Partial<Fork> = { instructions: ['RUN make', 'RUN make'], digests: undefined };
  expect(fork(ran)).toContain('The layers do not say why');
  expect(fork(ran, true)).toBe(
    'The cache parts at “RUN make”, which was run for each of the two.\nBoth layers hold the same, to the last byte.',
  );
  expect(fork({ digests: 'same' })).toContain('could not be used');
  expect(fork({ digests: 'same' }, true)).not.toContain('could not be used');
});

test('two builders, and two instructions', () => {
  const words = fork({ isByBuildKit: [true, false], instructions: ['COPY a /app', copy('2')], layers: { kind: 'no-layer' } });
  expect(words).toBe(
    'From a COPY into /app on, BuildKit built a:1, and another builder this image (with Docker, the classic one). Each has a cache of its own and takes no step from the other.',
  );
  expect(fork({ isByBuildKit: [false, true] })).toContain('BuildKit built this image, and another builder a:1');
  expect(fork({ instructions: ['RUN a', 'RUN b'] })).toContain('“RUN a” in a:1, “RUN b” here');
});
