import { describe, expect, test } from 'vitest';
import { layersOfLines } from '../../../../main/features/build-history/comparison/layers-of-lines.ts';
import { readInstructions } from '../../../../main/foundation/dockerfile/read-instructions.ts';

const base = ['ADD file:1 in /', 'CMD ["sh"]'];

/** Sizes by line; each step of the history has its place as its size. */
function sizes(dockerfile: string[], history: string[], { target, behind = 0 }: { target?: string; behind?: number } = {}) {
  const layers = [...base, ...history].map((createdBy, size) => ({ createdBy, size }));
  const found = layersOfLines(readInstructions(dockerfile.join('\n')), layers, { target, behind });
  return [...found].map(([{ line }, { size }]) => [line, size]).sort(([a = 0], [b = 0]) => a - b);
}

test('lines that read the same are told apart by their places', () => {
  const run = 'RUN head -c 100 /dev/urandom >> /big';
  expect(sizes(['FROM a', run, run, 'COPY a /', 'COPY a /'], [run, run, 'COPY file:1 in /', 'COPY file:2 in /'])).toEqual([
    [2, 2],
    [3, 3],
    [4, 4],
    [5, 5],
  ]);
});

test('what another shell ran, and settings that leave nothing', () => {
  const lines = ['FROM a', 'SHELL ["/bin/bash", "-c"]', 'ARG V=1', 'RUN make', 'COPY --from=0 /x /y'];
  expect(sizes(lines, ['SHELL [/bin/bash -c]', 'ARG V=1', '|1 V=1 /bin/bash -c make', 'COPY file:1 in /y'])).toEqual([
    [2, 2],
    [3, 3],
    [4, 4],
    [5, 5],
  ]);
});

describe('several stages', () => {
  const lines = ['FROM a AS one', 'RUN x', 'FROM one AS two', 'RUN x', 'FROM a', 'RUN x'];

  test('only the stages that the image consists of', () => {
    expect(sizes(lines, ['RUN x'])).toEqual([[6, 2]]);
    for (const target of ['two', 'TWO', '1']) {
      expect(sizes(lines, ['RUN x', 'RUN x'], { target })).toEqual([
        [2, 2],
        [4, 3],
      ]);
    }
  });

  test('nothing below a stage with an ONBUILD', () => {
    const wanting = ['FROM a AS one', 'RUN x', 'ONBUILD RUN x', 'FROM one', 'RUN x'];
    expect(sizes(wanting, ['RUN x', 'ONBUILD RUN x', 'RUN x', 'RUN x'])).toEqual([[5, 5]]);
  });
});

test('BuildKit records no ONBUILD', () => {
  const lines = ['FROM a', 'RUN x', 'ONBUILD RUN y', 'RUN z'];
  expect(sizes(lines, ['RUN x', 'RUN z'])).toEqual([
    [2, 2],
    [4, 3],
  ]);
});

test('a label that was chosen stands above the last line', () => {
  expect(sizes(['FROM a', 'RUN x'], ['RUN x', 'LABEL a=b'], { behind: 1 })).toEqual([[2, 2]]);
});

test('nothing if the history is not the one that the lines make', () => {
  expect(sizes(['FROM a', 'ARG A', 'RUN x', 'RUN y'], ['RUN x', 'RUN y'])).toEqual([]);
  expect(sizes(['FROM a', 'RUN x', 'WORKDIR /a'], ['RUN x'])).toEqual([]);
  expect(sizes(['FROM a', 'RUN x'], ['RUN x'], { target: 'gone' })).toEqual([]);
});
