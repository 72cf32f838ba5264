import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BuiltLayer } from '../../../contract/build-record.ts';
import type { MatrixRow } from '../../../contract/cache-matrix.ts';
import { findFork } from '../../../main/features/build-history/cache-forks/find-fork.ts';
import { makeCacheMatrix } from '../../../main/features/build-history/cache-matrix.ts';
import { cellRuns, foldedColumns } from '../../../renderer/features/builds/compare/cell-runs.ts';
import { columnName, marksOf, shownColumn } from '../../../renderer/features/builds/compare/column-words.ts';
import { agreementWords, forkWords } from '../../../renderer/features/builds/compare/matrix-words.ts';
import { placeOfColumn } from '../../../renderer/features/builds/compare/quoted-step.ts';

const image = (id: string, ...layers: string[]) => ({
  id,
  title: id,
  layers: layers.map((diffId) => ({ diffId, createdBy: 'RUN x', size: 1 })),
});
const groups = (...rows: ReturnType<typeof image>[]) => makeCacheMatrix(rows).rows.map(({ cells }) => cells.map(({ group }) => group));

test('cells agree as long as everything up to them does', () => {
  expect(groups(image('one', 'a', 'b', 'c'), image('two', 'a', 'x', 'c'))).toEqual([
    [0, 0, 0],
    // the same layer on other layers is another step
    [0, 1, 1],
  ]);
});

test('the end of one is told apart from the step where they diverge', () => {
  const ended = makeCacheMatrix([image('one', 'a', 'b'), image('two', 'a')]);
  expect(ended).toMatchObject({ endsAt: 1 });
  expect(ended.partsAt).toBeUndefined();
  const same = makeCacheMatrix([image('one', 'a', 'b'), image('two', 'a', 'b')]);
  expect([same.endsAt, same.partsAt]).toEqual([undefined, undefined]);
});

test('steps without a layer are told apart by their words', () => {
  const step = (createdBy: string) => ({ createdBy, size: 0, hasLayer: false });
  const rows = [
    { id: 'a', title: 'a', layers: [step('ENV A=1')] },
    { id: 'b', title: 'b', layers: [step('ENV A=2')] },
  ];
  expect(makeCacheMatrix(rows).partsAt).toBe(0);
});

describe('if the engine does not say what a step made', () => {
  const unknown = { createdBy: 'RUN head /dev/urandom > /big', size: 50_000_000 };
  const row = (id: string, ...layers: BuiltLayer[]) => ({ id, title: id, layers });
  const known = (diffId: string): BuiltLayer => ({ diffId, createdBy: 'COPY . /', size: 1 });

  test('two steps of the same words are not called the same layer', () => {
    const matrix = makeCacheMatrix([row('a', known('base'), unknown, known('x')), row('b', known('base'), unknown, known('x'))]);
    expect(matrix).toMatchObject({ unknownFrom: 1 });
    expect(matrix.partsAt).toBeUndefined();
    expect(matrix.rows.map(({ cells }) => cells.map(({ group }) => group))).toEqual([
      [0, undefined, undefined],
      [0, undefined, undefined],
    ]);
    expect(cellRuns(matrix, 1).map(({ span }) => span)).toEqual([1, 1]);
    expect(agreementWords(matrix)).toContain('it isn’t known');
  });

  test('nor if one of them is known, and a certain difference is named', () => {
    const half = makeCacheMatrix([row('a', known('base'), unknown), row('b', known('base'), known('y'))]);
    expect(half.partsAt).toBeUndefined();
    expect(agreementWords(half)).not.toContain('same layers');
    const other = makeCacheMatrix([row('a', known('one'), unknown), row('b', known('two'), unknown)]);
    expect(agreementWords(other)).toBe('No step is the same: they diverge from the start, at “COPY . /”.');
    const longer = makeCacheMatrix([row('a', known('one'), unknown), row('b', known('one'), unknown, known('x'))]);
    expect(agreementWords(longer)).toContain('They don’t all have the same number of steps.');
  });

  test('never the same if the layers differ, never another if they are the same', () => {
    const steps = fc.array(fc.record({ layer: fc.constantFrom('a', 'b', undefined), isKnown: fc.boolean() }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(fc.array(steps, { minLength: 2, maxLength: 4 }), (images) => {
        const { rows, partsAt, endsAt, unknownFrom } = makeCacheMatrix(
          images.map((all, at) =>
            row(
              String(at),
              ...all.map(({ layer, isKnown }): BuiltLayer => {
                const seen = layer ? { diffId: layer } : { hasLayer: false };
                return { createdBy: 'RUN x', size: 0, ...(isKnown && seen) };
              }),
            ),
          ),
        );
        const truth = (image: number, column: number) =>
          JSON.stringify(images[image]?.slice(0, column + 1).map(({ layer }) => layer ?? ''));
        for (const [one, { cells }] of rows.entries()) {
          cells.forEach(({ group }, column) => {
            rows.forEach((other, two) => {
              const there = other.cells[column]?.group;
              if (group !== undefined && there !== undefined) expect(group === there).toBe(truth(one, column) === truth(two, column));
            });
          });
        }
        const isSame = images.every(
          (all) => JSON.stringify(all.map(({ layer }) => layer)) === JSON.stringify(images[0]?.map(({ layer }) => layer)),
        );
        if (partsAt === undefined && endsAt === undefined && unknownFrom === undefined) expect(isSame).toBe(true);
        if (partsAt !== undefined || endsAt !== undefined) expect(isSame).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});

test('cells that agree and lie together become one, the rest stay apart', () => {
  const matrix = makeCacheMatrix([image('1', 'a', 'b'), image('2', 'a', 'b'), image('3', 'a', 'x'), image('4', 'a')]);
  expect(cellRuns(matrix, 0).map(({ row, span }) => [row, span])).toEqual([[0, 4]]);
  expect(cellRuns(matrix, 1).map(({ row, span, cell }) => [row, span, cell !== undefined])).toEqual([
    [0, 2, true],
    [2, 1, true],
    [3, 1, false],
  ]);
});

test('what all share can be folded up to shortly before they diverge', () => {
  const same = ['a', 'b', 'c', 'd', 'e', 'f'];
  expect(foldedColumns(makeCacheMatrix([image('1', ...same, 'x'), image('2', ...same, 'y')]))).toBe(4);
  expect(foldedColumns(makeCacheMatrix([image('1', 'x'), image('2', 'y')]))).toBe(0);
});

describe('images of the same layers, copied from different files', () => {
  const copied = (id: string, files: string, diffId = 'b') => ({
    id,
    title: id,
    layers: [
      { createdBy: 'RUN x', diffId: 'a', size: 1 },
      { createdBy: `COPY file:${files.repeat(64)} in /app `, diffId, size: 1 },
      { createdBy: 'RUN y', diffId: 'c', size: 1 },
    ],
  });

  test('the caches diverge, each shows its own digest, and the cause is named', () => {
    const matrix = makeCacheMatrix([copied('cli', '1'), copied('compose', '2'), copied('again', '2')]);
    expect(matrix).toMatchObject({ cacheForksAt: 1 });
    expect(matrix.partsAt).toBeUndefined();
    expect(cellRuns(matrix, 1).map(({ span, cell }) => [span, cell?.files?.[0]])).toEqual([
      [1, '1'],
      [2, '2'],
    ]);
    expect(forkWords(matrix)).toContain('another owner');
  });

  test('only those it applies to are named, and only their step', () => {
    const others = ['one', 'two'].map((id) => ({
      id,
      title: id,
      layers: [
        { createdBy: 'RUN x', diffId: 'a', size: 1 },
        { createdBy: 'RUN mkdir /empty', diffId: 'empty', size: 0 },
      ],
    }));
    const words = forkWords(makeCacheMatrix([...others, copied('cli', '1'), copied('compose', '2')]));
    expect(words).toMatch(/^Of cli and compose, the engine’s cache forks at a COPY into \/app, although/);
    expect(words).toMatch(/From there on, neither takes steps from the other\.$/);
    expect(words).not.toMatch(/mkdir|one has/);
    // two places below each other are explained separately
    const twice = [copied('three', '1', 'x'), copied('four', '2', 'x')];
    const both = forkWords(makeCacheMatrix([copied('cli', '1'), copied('compose', '2'), ...twice]));
    expect(both?.match(/Of \w+ and \w+, the engine’s cache forks/g)).toHaveLength(2);
    // a single image beside them is not mentioned
    const beside = [...others.slice(1), copied('cli', '1', 'y'), copied('compose', '2', 'z')];
    expect(forkWords(makeCacheMatrix(beside))).toMatch(/^Of cli and compose, what was given to copy at a COPY into \/app/);
    const same = forkWords(makeCacheMatrix([copied('cli', '1'), copied('compose', '2'), copied('again', '2')]));
    expect(same).toContain('none takes steps from one with another digest');
  });

  test('if the layers differ, the files may, too', () => {
    const other = makeCacheMatrix([copied('one', '1'), copied('two', '2', 'x')]);
    expect(other.cacheForksAt).toBeUndefined();
    expect(forkWords(other)).toContain('other files, or the same files with another owner');
    expect(makeCacheMatrix([copied('one', '1'), copied('two', '1')]).cacheForksAt).toBeUndefined();
  });

  test('nothing is said about it for images that BuildKit made', () => {
    const buildkit = { ...copied('bk', '1'), layers: [{ createdBy: 'COPY f /app', diffId: 'a', size: 1 }] };
    const classic = { ...copied('cl', '1'), layers: [{ createdBy: `COPY file:${'2'.repeat(64)} in /app`, diffId: 'a', size: 1 }] };
    expect(forkWords(makeCacheMatrix([buildkit, classic]))).toBeUndefined();
  });

  test('if two builders made the same layer, the caches diverge, too', () => {
    const base = { createdBy: 'ADD x /', diffId: 'base', size: 1, isByBuildKit: false };
    const by = (id: string, isByBuildKit: boolean) => ({
      id,
      title: id,
      layers: [base, { createdBy: 'RUN x', diffId: 'a', size: 1, isByBuildKit }],
    });
    const matrix = makeCacheMatrix([by('one', true), by('two', false)]);
    expect(matrix.cacheForksAt).toBe(1);
    expect(forkWords(matrix)).toContain('The builders differ at “RUN x”: BuildKit made one, and another builder made two.');
    const other = { id: 'three', title: 'three', layers: [base, { createdBy: 'RUN y', diffId: 'b', size: 1 }] };
    const beside = forkWords(makeCacheMatrix([other, by('one', true), by('two', false)]));
    expect(beside).toContain('BuildKit made one, and another builder made two.');
    expect(beside).not.toContain('three');
    expect(makeCacheMatrix([by('one', true), by('two', true)]).cacheForksAt).toBeUndefined();
  });
});

describe('one explanation of what images share', () => {
  const words = (...rows: (ReturnType<typeof image> & { image?: string })[]) => {
    const matrix = makeCacheMatrix(rows);
    return { agreement: agreementWords(matrix).replaceAll('\u00a0', ' '), matrix };
  };

  test('an image and its base do not diverge: one continues the other', () => {
    for (const rows of [
      [image('base:1', 'a', 'b'), image('app:1', 'a', 'b', 'c')],
      [image('app:1', 'a', 'b', 'c'), image('base:1', 'a', 'b')],
    ]) {
      const { agreement, matrix } = words(...rows);
      expect(agreement).toBe('app:1 begins with all 2 steps of base:1 and goes on with 1 more, like an image that was built on it.');
      expect(agreement).not.toContain('diverge');
      expect(matrix.rows.flatMap((_, column) => marksOf(matrix, column))).not.toContain('diverge here');
      expect(findFork(...(matrix.rows as [MatrixRow, MatrixRow]))).toEqual({ kind: 'none' });
      // where it continues is what people want to see
      expect(shownColumn(matrix)).toBe(2);
    }
  });

  test('two images on one base diverge at their own step, and the words say where the base ends', () => {
    const { agreement } = words(image('base:1', 'a'), image('one:1', 'a', 'b', 'c'), image('two:1', 'a', 'b', 'x'));
    expect(agreement).toBe('The first step has the same layer. There base:1 ends. The others go on and diverge at “RUN x”.');
    const together = words(image('base:1', 'a'), image('one:1', 'a', 'b'), image('two:1', 'a', 'x'));
    expect(together.agreement).toBe('The first step has the same layer. There base:1 ends. The others go on and diverge at “RUN x”.');
    expect(words(image('a', 'a'), image('b', 'a', 'b'), image('c', 'a', 'b', 'c')).agreement).toContain('don’t diverge');
  });

  test('an image under another name is called the same image, but not two that only have the same layers', () => {
    const one = image('one', 'a');
    expect(words({ ...one, image: 'sha256:1' }, { ...one, id: 'two', image: 'sha256:1' }).agreement).toBe('Both are the same image.');
    expect(words({ ...one, image: 'sha256:1' }, { ...one, id: 'two', image: 'sha256:2' }).agreement).toBe('Both have the same layers.');
  });

  test('steps are named by what they are, never by a number that the Dockerfile doesn’t have', () => {
    const rows = [image('one', 'a', 'b'), image('two', 'a', 'x')];
    const { agreement, matrix } = words(...rows);
    expect(agreement).toBe('The first step has the same layer. They diverge at “RUN x”.');
    expect(columnName(matrix, 1)).toBe('RUN');
    const instruction = `COPY file:${'1'.repeat(64)} in /app`;
    const long = `RUN ${'x'.repeat(100)}`;
    const shown = placeOfColumn({ rows: [instruction, long].map((text) => ({ id: text, title: '', cells: [{ instruction: text }] })) }, 0);
    expect(shown).toBe(`where one has a COPY into /app and another “${long.slice(0, 80)}…”`);
  });
});
