import fc from 'fast-check';
import { expect } from 'vitest';
import type { Progress } from '../../contract/task.ts';
import type { TransferLine } from '../../main/features/transfer/transfer-line.ts';

/** Folds step by step and expects that nothing goes backwards or passes its total, and that no success is reported too early. */
export function foldSteadily<S, L>(start: S, steps: L[], fold: (state: S, step: L) => S, progressOf: (state: S) => Progress): S {
  let before = { fraction: 0, done: 0, total: 0 };
  return steps.reduce((state, step) => {
    const next = fold(state, step);
    const { fraction = before.fraction, bytes: { done, total = before.total } = before, layers = [] } = progressOf(next);
    expect(fraction).toBeGreaterThanOrEqual(before.fraction);
    expect(fraction).toBeLessThan(1);
    expect(done).toBeGreaterThanOrEqual(before.done);
    expect(total).toBeGreaterThanOrEqual(before.total);
    if (progressOf(next).bytes?.total !== undefined) expect(done).toBeLessThanOrEqual(total);
    for (const { bytes } of layers) if (bytes?.total !== undefined) expect(bytes.done).toBeLessThanOrEqual(bytes.total);
    before = { fraction, done, total };
    return next;
  }, start);
}

/** Many lines, the same in every run. LAYERDECK_SEED tries others. */
export const manyRuns = { seed: Number(process.env.LAYERDECK_SEED ?? 1), numRuns: 3000 };

/** Numbers that no engine should report, and that some do. */
const anyNumber = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 200 }) },
  fc.constantFrom(-1, Number.NaN, Number.POSITIVE_INFINITY, 1e300, 2 ** 43, 0.5, null, '17', true),
);

/** A line with one of the given words, or something odd; any part of it may be missing. */
export const anyLine = (words: string[]): fc.Arbitrary<TransferLine> =>
  fc.record(
    {
      id: fc.oneof({ weight: 9, arbitrary: fc.constantFrom('a', 'b', 'c', '__proto__') }, fc.constantFrom('', 7, null)),
      status: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...words) }, fc.constantFrom('odd', 'Retrying in a while', 5, null)),
      progressDetail: fc.oneof(
        {
          weight: 9,
          arbitrary: fc.record({ current: anyNumber, total: anyNumber, units: fc.constantFrom('s', '') }, { requiredKeys: [] }),
        },
        fc.constantFrom(null, 'full'),
      ),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<TransferLine>;
