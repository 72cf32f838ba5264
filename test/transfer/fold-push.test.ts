import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TransferLine } from '../../main/transfer/fold-pull.ts';
import { emptyPush, foldPush, pushProgress, pushSummary } from '../../main/transfer/fold-push.ts';
import { readFixture } from '../fixtures/read-fixture.ts';

const fold = (lines: TransferLine[]) => lines.reduce(foldPush, emptyPush);

describe('recorded from Docker 20.10', () => {
  test('a first push sends every layer', async () => {
    const state = fold(await readFixture('docker-20.10/push.ndjson'));
    expect(state.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(pushSummary(state)).toEqual({ sentLayers: 3, sentBytes: expect.any(Number), presentLayers: 1 });
    expect(pushProgress(state)).toMatchObject({ phase: 'finishing', fraction: 1 });
  });

  test('a second push sends nothing', async () => {
    const state = fold(await readFixture('docker-20.10/push-present.ndjson'));
    expect(state.digest).toBeDefined();
    expect(pushSummary(state)).toEqual({ sentLayers: 0, sentBytes: 0, presentLayers: 4 });
  });

  test('layers that another repository has are mounted from it', async () => {
    const state = fold(await readFixture('docker-20.10/push-mounted.ndjson'));
    expect(pushProgress(state).layers?.every(({ mountedFrom }) => mountedFrom?.startsWith('rec'))).toBe(true);
    expect(pushSummary(state).sentLayers).toBe(0);
  });

  test('a registry that does not answer is an error in the middle of HTTP 200', async () => {
    await expect(readFixture('docker-20.10/push-failing.ndjson')).rejects.toThrow('connection refused');
  });
});

test('a layer whose size was never said counts with what was sent of it', () => {
  const { bytes } = pushProgress(
    fold([
      { id: 'a', status: 'Pushing', progressDetail: { current: 5 } },
      { id: 'a', status: 'Pushed' },
    ]),
  );
  expect(bytes).toEqual({ done: 5, total: 5 });
});

const anyLine: fc.Arbitrary<TransferLine> = fc.record(
  {
    id: fc.constantFrom('a', 'b', 'c'),
    status: fc.constantFrom(
      'Preparing',
      'Waiting',
      'Pushing',
      'Pushed',
      'Layer already exists',
      'Mounted from x',
      'Retrying in 3 seconds',
      'odd',
    ),
    progressDetail: fc.record(
      { current: fc.integer({ min: -1, max: 200 }), total: fc.integer({ min: -1, max: 100 }) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

test('whatever comes in whatever order, the fraction stays between 0 and 1 and never falls', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 60 }), (lines) => {
      let before = 0;
      let state = emptyPush;
      for (const line of lines) {
        state = foldPush(state, line);
        const { fraction = before, bytes } = pushProgress(state);
        expect(fraction).toBeGreaterThanOrEqual(before);
        expect(fraction).toBeLessThanOrEqual(1);
        if (bytes?.total !== undefined) expect(bytes.done).toBeLessThanOrEqual(bytes.total);
        before = fraction;
      }
    }),
  );
});
