import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyPull, foldPull, pullProgress, type TransferLine } from '../../main/transfer/fold-pull.ts';
import { readFixture } from '../fixtures/read-fixture.ts';

const fold = (lines: TransferLine[]) => lines.reduce(foldPull, emptyPull);

describe('recorded from Docker 20.10', () => {
  test('a pull ends with every layer done and the digest', async () => {
    const state = fold(await readFixture('docker-20.10/pull.ndjson'));
    expect(state.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(state.finalStatus).toContain('Downloaded newer image');
    const { layers = [], fraction, bytes } = pullProgress(state);
    expect(new Set(layers.map(({ state: now }) => now))).toEqual(new Set(['done', 'there-already']));
    expect(fraction).toBe(1);
    expect(bytes?.done).toBe(bytes?.total);
  });

  test('a pull of what is here says so', async () => {
    const state = fold(await readFixture('docker-20.10/pull-present.ndjson'));
    expect(state.finalStatus).toContain('Image is up to date');
    expect(pullProgress(state).fraction).toBeUndefined();
  });

  test('the fraction never falls on the way', async () => {
    const lines = await readFixture<TransferLine>('docker-20.10/pull.ndjson');
    const fractions = lines.map((_, end) => fold(lines.slice(0, end)).fraction).filter((one) => one !== undefined);
    expect(fractions.length).toBeGreaterThan(3);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  });
});

const anyLine: fc.Arbitrary<TransferLine> = fc.record(
  {
    id: fc.constantFrom('a', 'b', 'c'),
    status: fc.constantFrom(
      'Pulling fs layer',
      'Waiting',
      'Downloading',
      'Verifying Checksum',
      'Download complete',
      'Extracting',
      'Pull complete',
      'Already exists',
      'Retrying in 5 seconds',
      'odd',
    ),
    progressDetail: fc.record(
      { current: fc.integer({ min: -1, max: 200 }), total: fc.integer({ min: -1, max: 100 }), units: fc.constantFrom('s', '') },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

test('whatever comes in whatever order, the fraction stays between 0 and 1 and never falls', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 60 }), (lines) => {
      let before = 0;
      let state = emptyPull;
      for (const line of lines) {
        state = foldPull(state, line);
        const { fraction = before, bytes } = pullProgress(state);
        expect(fraction).toBeGreaterThanOrEqual(before);
        expect(fraction).toBeLessThanOrEqual(1);
        if (bytes?.total !== undefined) expect(bytes.done).toBeLessThanOrEqual(bytes.total);
        before = fraction;
      }
    }),
  );
});
