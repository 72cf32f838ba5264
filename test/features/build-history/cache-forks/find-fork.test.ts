import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MatrixCell } from '../../../../contract/cache-matrix.ts';
import { findFork } from '../../../../main/features/build-history/cache-forks/find-fork.ts';

const row = (...cells: Partial<MatrixCell>[]) => ({
  id: 'x',
  title: 'x',
  cells: cells.map((cell): MatrixCell => ({ instruction: 'RUN x', group: 0, ...cell })),
});
const copy = (digit: string) => ({ instruction: `COPY file:${digit.repeat(64)} in /`, files: digit.repeat(64), isByBuildKit: false });

describe('the first step that differs for the cache', () => {
  test.each([
    ['another layer', row({}, { group: 0 }), row({}, { group: 1 }), { kind: 'fork', step: 1 }],
    ['equal layers of other files', row(copy('1')), row(copy('2')), { kind: 'fork', step: 0 }],
    ['equal layers of equal files', row(copy('1')), row(copy('1')), { kind: 'none' }],
    ['equal layers of two builders', row({}, { isByBuildKit: true }), row({}, { isByBuildKit: false }), { kind: 'fork', step: 1 }],
    ['builders of which one is not known', row({ isByBuildKit: true }), row({}), { kind: 'none' }],
    [
      'equal layers of other commands',
      row({ instruction: 'RUN a', isByBuildKit: true }),
      row({ instruction: 'RUN b', isByBuildKit: true }),
      { kind: 'fork', step: 0 },
    ],
    ['one that goes on', row({}), row({}, {}), { kind: 'none' }],
    ['a step of which nothing is known', row({}, { group: undefined }), row({}, {}), { kind: 'unknown', step: 1 }],
    [
      'what surely differs, though a layer is not known',
      row({ ...copy('1'), group: undefined }),
      row(copy('2')),
      { kind: 'fork', step: 0 },
    ],
  ])('%s', (_, first, own, found) => expect(findFork(first, own)).toEqual(found));
});

test('it does not matter which of the two is the first', () => {
  const cell = fc.record({
    instruction: fc.constantFrom('RUN a', 'RUN b'),
    group: fc.constantFrom(0, 1, undefined),
    files: fc.constantFrom('1', '2', undefined),
    isByBuildKit: fc.constantFrom(true, false, undefined),
  });
  const rows = fc.array(cell, { maxLength: 4 }).map((cells) => row(...(cells as Partial<MatrixCell>[])));
  fc.assert(
    fc.property(rows, rows, (one, other) => {
      expect(findFork(one, other)).toEqual(findFork(other, one));
      expect(['none', 'unknown']).toContain(findFork(one, one).kind);
    }),
  );
});
