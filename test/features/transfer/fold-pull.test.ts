import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arrived, emptyPull, foldPull, pullProgress } from '../../../main/features/transfer/fold-pull.ts';
import { ForecastSizes } from '../../../main/features/transfer/forecast-sizes.ts';
import type { TransferLine } from '../../../main/features/transfer/transfer-line.ts';
import { readFixture } from '../../fixtures/read-fixture.ts';
import { anyLine, foldSteadily, manyRuns } from '../../support/fold-steadily.ts';

const fold = (lines: TransferLine[]) => foldSteadily(emptyPull, lines, foldPull, pullProgress);
const foldFixture = async (name: string) => fold(await readFixture<TransferLine>(name));
const statesOf = (state: ReturnType<typeof fold>) => pullProgress(state).layers?.map(({ state: now }) => now) ?? [];

describe.each(['docker-20.10', 'docker-26', 'docker-26-containerd'])('recorded from %s', (engine) => {
  test('a pull ends with every layer done, the digest and all bytes', async () => {
    const state = await foldFixture(`${engine}/pull.ndjson`);
    expect(state.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(state.finalStatus).toContain('Downloaded newer image');
    expect(new Set(statesOf(state))).toEqual(new Set(['done']));
    const { bytes, phase } = pullProgress(state);
    expect(phase).toBe('unpacking');
    expect(bytes?.done).toBe(bytes?.total);
  });

  test('the bar moves on the way', async () => {
    const lines = await readFixture<TransferLine>(`${engine}/pull.ndjson`);
    const fractions = new Set(lines.map((_, end) => lines.slice(0, end).reduce(foldPull, emptyPull).fraction));
    expect(fractions.size).toBeGreaterThan(5);
  });

  test('a pull of an image that is here says so', async () => {
    const state = await foldFixture(`${engine}/pull-present.ndjson`);
    expect(state.finalStatus).toContain('Image is up to date');
    expect(pullProgress(state)).toEqual({ phase: 'starting', layers: [] });
  });

  test('only the rest of an image that is partly here is fetched', async () => {
    const states = statesOf(await foldFixture(`${engine}/pull-partly.ndjson`));
    expect(states.filter((now) => now === 'done')).toHaveLength(2);
    // the containerd store is silent about those that are here
    expect(states.filter((now) => now === 'there-already')).toHaveLength(engine === 'docker-26-containerd' ? 0 : 4);
  });

  test('a pull whose connection was cut arrives all the same', async () => {
    const state = await foldFixture(`${engine}/pull-retried.ndjson`);
    expect(state.finalStatus).toContain('Downloaded newer image');
    expect(new Set(statesOf(state))).toEqual(new Set(['done']));
  });
});

test.each(['docker-20.10', 'docker-26'])('%s counts down to the next try', async (engine) => {
  const lines = await readFixture<TransferLine>(`${engine}/pull-retried.ndjson`);
  const waits = lines.flatMap((_, end) =>
    (pullProgress(lines.slice(0, end).reduce(foldPull, emptyPull)).layers ?? []).flatMap(({ retryInSeconds = [] }) => retryInSeconds),
  );
  expect([...new Set(waits)]).toEqual([5, 4, 3, 2, 1]);
});

test('once the containerd store says no more about a layer, it unpacks it', async () => {
  const lines = await readFixture<TransferLine>('docker-26-containerd/pull.ndjson');
  const beforeTheEnd = fold(lines.filter(({ status }) => !status?.startsWith('Status: ')));
  expect(new Set(statesOf(beforeTheEnd))).toEqual(new Set(['unpacking']));
  expect(beforeTheEnd.fraction).toBe(0.5);
});

test('seconds of unpacking are not bytes', () => {
  const state = fold([
    { id: 'a', status: 'Downloading', progressDetail: { current: 10, total: 10 } },
    { id: 'a', status: 'Extracting', progressDetail: { current: 9, units: 's' } },
  ]);
  expect(state.fraction).toBe(0.5);
  expect(pullProgress(state).layers?.[0]).toMatchObject({ state: 'unpacking', unpackingSeconds: 9, bytes: { done: 10, total: 10 } });
});

test('the configuration, which Podman reports like a layer, is not counted as one', () => {
  const sizes = new ForecastSizes();
  sizes.note({ layers: [{ digest: `sha256:${'a'.repeat(64)}`, size: 100 }], config: { digest: `sha256:${'c'.repeat(64)}` } });
  const lines = ['a', 'c'].map((letter) => ({ id: letter.repeat(12), status: 'Pulling fs layer' }));
  const progress = pullProgress(lines.reduce(foldPull, { ...emptyPull, expectedSize: sizes.of }));
  expect(progress).toMatchObject({ bytes: { total: 100 }, layers: { length: 1 } });
});

test('a layer that came without its size counts with the size that the registry stated', () => {
  const start = { ...emptyPull, expectedSize: (id: string) => ({ small: 100, large: 900 })[id] };
  const lines = ['Pulling fs layer', 'Download complete'].flatMap((status) => ['small', 'large'].map((id) => ({ id, status })));
  const states = lines.map((_, at) => pullProgress(lines.slice(0, at + 1).reduce(foldPull, start)));
  expect(states.map(({ bytes }) => bytes)).toEqual([
    { done: 0, total: 100 },
    { done: 0, total: 1000 },
    { done: 100, total: 1000 },
    { done: 1000, total: 1000 },
  ]);
  expect(states.at(-1)?.layers?.map(({ bytes }) => bytes?.done)).toEqual([100, 900]);
});

test('sizes known from the registry give a total from the first line on; the engine’s own take precedence', () => {
  const sizes: Record<string, number> = { a: 10, b: 30 };
  const start = { ...emptyPull, expectedSize: (id: string) => sizes[id] };
  const begun = ['a', 'b'].map((id) => ({ id, status: 'Pulling fs layer' })).reduce(foldPull, start);
  expect(pullProgress(begun)).toMatchObject({
    fraction: 0,
    bytes: { done: 0, total: 40 },
    layers: [{ bytes: { done: 0, total: 10 } }, {}],
  });
  const there = foldPull(begun, { id: 'b', status: 'Already exists' });
  expect(pullProgress(there)).toMatchObject({ bytes: { total: 10 }, layers: [{}, { state: 'there-already' }] });
  const other = foldPull(begun, { id: 'a', status: 'Downloading', progressDetail: { current: 5, total: 20 } });
  expect(pullProgress(other)).toMatchObject({ fraction: 0.05, bytes: { done: 5, total: 50 } });
  // a layer that was never mentioned
  const third = foldPull(begun, { id: 'c', status: 'Pulling fs layer' });
  expect(pullProgress(third).bytes).toEqual({ done: 0 });
});

test('Podman has no final line: its layers are done once the image is there', async () => {
  const state = await foldFixture('podman-4.3/pull.ndjson');
  expect(state.finalStatus).toBeUndefined();
  expect(new Set(statesOf(state))).toEqual(new Set(['checking']));
  expect(new Set(statesOf(arrived(state)))).toEqual(new Set(['done']));
  const partly = statesOf(arrived(await foldFixture('podman-4.3/pull-partly.ndjson')));
  expect(partly.filter((now) => now === 'there-already')).toHaveLength(4);
});

test('Podman’s configuration is no layer once the image tells its id', async () => {
  const state = await foldFixture('podman-4.3/pull.ndjson');
  const ids = (one: typeof state) => one.layers.layers.map(({ id }) => id);
  const [first = ''] = ids(state);
  expect(ids(arrived(state, first))).toEqual(ids(state).slice(1));
  expect(pullProgress(arrived(state, first))).toMatchObject({ phase: 'unpacking' });
});

test('Podman does not try again', async () => {
  await expect(readFixture('podman-4.3/pull-retried.ndjson')).rejects.toThrow('unexpected EOF');
});

test.each(['docker-20.10/pull-unknown', 'docker-26-containerd/pull-no-login'])('%s is a refusal, not a stream', async (name) => {
  expect(await readFixture(`${name}.ndjson`)).toEqual([{ message: expect.any(String) }]);
});

test('a name that the registry does not have is an error in the middle of Podman’s HTTP 200', async () => {
  await expect(readFixture('podman-4.3/pull-unknown.ndjson')).rejects.toThrow('manifest unknown');
});

const words = [
  'Pulling fs layer',
  'Waiting',
  'Downloading',
  'Verifying Checksum',
  'Download complete',
  'Extracting',
  'Pull complete',
  'Already exists',
  'Retrying in 5 seconds',
  'Digest: sha256:1',
  'Status: Downloaded newer image',
];

test('whatever comes in whatever order, nothing goes backwards and nothing passes its total', () => {
  fc.assert(
    fc.property(fc.array(anyLine(words), { maxLength: 80 }), (lines) => {
      fold(lines);
    }),
    manyRuns,
  );
});

test('a line that comes twice changes nothing the second time', () => {
  fc.assert(
    fc.property(fc.array(anyLine(words), { maxLength: 40 }), (lines) => {
      const twice = lines.flatMap((line) => [line, line]);
      expect(pullProgress(fold(twice))).toEqual(pullProgress(fold(lines)));
    }),
    manyRuns,
  );
});
