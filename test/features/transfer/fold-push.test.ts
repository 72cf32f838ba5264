import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  emptyPush,
  foldPush,
  hasUncounted,
  nextName,
  pushProgress,
  pushSummary,
  withSizes,
} from '../../../main/features/transfer/fold-push.ts';
import type { TransferLine } from '../../../main/features/transfer/transfer-line.ts';
import { readFixture } from '../../fixtures/read-fixture.ts';
import { anyLine, foldSteadily, manyRuns } from '../../support/fold-steadily.ts';

/** Stands between the lines of two names. */
const next = 'next name';

const foldStep = (state: typeof emptyPush, step: TransferLine | typeof next) => (step === next ? nextName(state) : foldPush(state, step));
const fold = (steps: (TransferLine | typeof next)[]) => foldSteadily(emptyPush, steps, foldStep, pushProgress);
const lines = (name: string) => readFixture<TransferLine>(`${name}.ndjson`);
const statesOf = (state: typeof emptyPush) => new Set(pushProgress(state).layers?.map(({ state: now }) => now));

describe.each(['docker-20.10', 'docker-26', 'docker-26-containerd'])('recorded from %s', (engine) => {
  test('a first push sends every layer', async () => {
    const state = fold(await lines(`${engine}/push`));
    expect(state.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(pushSummary(state)).toEqual({ sentLayers: 6, sentBytes: expect.any(Number), presentLayers: 0 });
    expect(pushSummary(state).sentBytes).toBeGreaterThan(5_000_000);
    expect(pushProgress(state)).toMatchObject({ phase: 'finishing', fraction: 0.99 });
    expect(statesOf(state)).toEqual(new Set(['done']));
  });

  test('a second push sends nothing', async () => {
    const state = fold(await lines(`${engine}/push-present`));
    expect(state.digest).toBeDefined();
    expect(pushSummary(state)).toEqual({ sentLayers: 0, sentBytes: 0, presentLayers: 6 });
  });

  test('only the rest of an image that is partly there is sent', async () => {
    expect(pushSummary(fold(await lines(`${engine}/push-partly`)))).toMatchObject({ sentLayers: 2, presentLayers: 4 });
  });

  test('layers that another repository has are mounted from it', async () => {
    const state = fold(await lines(`${engine}/push-mounted`));
    expect(pushProgress(state).layers?.every(({ mountedFrom }) => mountedFrom === 'rec')).toBe(true);
    expect(pushSummary(state)).toMatchObject({ sentLayers: 0, presentLayers: 6 });
  });

  test('a second name in the same repository sends nothing more and takes nothing back', async () => {
    const first = fold(await lines(`${engine}/push`));
    const both = fold([...(await lines(`${engine}/push`)), next, ...(await lines(`${engine}/push-present`))]);
    expect(pushSummary(both)).toEqual(pushSummary(first));
    expect(pushProgress(both)).toEqual(pushProgress(first));
  });

  test('the same layers are sent again to another registry', async () => {
    const first = pushSummary(fold(await lines(`${engine}/push`)));
    const both = pushSummary(fold([...(await lines(`${engine}/push`)), next, ...(await lines(`${engine}/push`))]));
    expect(both).toEqual({ ...first, sentBytes: 2 * first.sentBytes });
  });

  test('a registry that does not answer, or wants a login, is an error in the middle of HTTP 200', async () => {
    await expect(lines(`${engine}/push-refused`)).rejects.toThrow('connection refused');
    await expect(lines(`${engine}/push-no-login`)).rejects.toThrow('no basic auth credentials');
  });
});

test.each(['docker-20.10', 'docker-26'])('%s counts down to the next try and sends the layer again', async (engine) => {
  const recorded = await lines(`${engine}/push-retried`);
  const waits = recorded.flatMap((_, end) =>
    (pushProgress(fold(recorded.slice(0, end))).layers ?? []).flatMap(({ retryInSeconds = [] }) => retryInSeconds),
  );
  expect([...new Set(waits)]).toEqual([5, 4, 3, 2, 1]);
  expect(pushSummary(fold(recorded))).toMatchObject({ sentLayers: 2, presentLayers: 0 });
});

test('the containerd store does not try a second time', async () => {
  await expect(lines('docker-26-containerd/push-retried')).rejects.toThrow(/connection reset|EOF|broken pipe/);
});

test('Podman names the digest and no layer', async () => {
  const state = fold(await lines('podman-4.3/push'));
  expect(state.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(pushProgress(state)).toEqual({ phase: 'starting', layers: [] });
});

test('a layer whose total the engine leaves out has no bytes: the blocks of its tarball do not count towards others either', () => {
  const state = fold([
    { id: 'a', status: 'Pushing', progressDetail: { current: 1536 } },
    { id: 'a', status: 'Pushed' },
    { id: 'b', status: 'Pushing', progressDetail: { current: 2560, total: 1000 } },
    { id: 'b', status: 'Pushed' },
  ]);
  expect(pushProgress(state).bytes).toEqual({ done: 1000, total: 1000 });
  expect(pushSummary(state)).toEqual({ sentLayers: 2, sentBytes: 1000, presentLayers: 0 });
  expect(hasUncounted(state)).toBe(false);
});

test('a layer is uncounted only if the engine counted nothing at all for it', () => {
  const state = fold([
    { id: 'a', status: 'Pushing' },
    { id: 'a', status: 'Pushed' },
  ]);
  expect(hasUncounted(state)).toBe(true);
  expect(pushSummary(withSizes(state, new Map([['a', 32]])))).toMatchObject({ sentBytes: 32 });
});

test('a layer that was being sent and then turns out to exist already does not count as free', () => {
  const state = fold([
    { id: 'a', status: 'Pushing', progressDetail: { current: 5, total: 9 } },
    { id: 'a', status: 'Retrying in 5 seconds' },
    { id: 'a', status: 'Layer already exists' },
  ]);
  expect(pushProgress(state)).toMatchObject({ bytes: { done: 9, total: 9 }, layers: [{ state: 'done' }] });
});

const words = [
  'Preparing',
  'Waiting',
  'Pushing',
  'Pushed',
  'Layer already exists',
  'Mounted from x',
  'Retrying in 3 seconds',
  `1: digest: sha256:${'0'.repeat(64)} size: 1`,
];

test('whatever comes in whatever order, for however many names, nothing goes backwards and nothing passes its total', () => {
  const step = fc.oneof({ weight: 15, arbitrary: anyLine(words) }, fc.constant(next));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      fold(steps as (TransferLine | typeof next)[]);
    }),
    manyRuns,
  );
});
