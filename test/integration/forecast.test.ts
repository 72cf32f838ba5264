import { expect, inject, test } from 'vitest';
import type { Task } from '../../contract/task.ts';
import type { PushForecast } from '../../contract/transfer.ts';
import { forecastPull } from '../../main/transfer/forecast-pull.ts';
import { forecastPush } from '../../main/transfer/forecast-push.ts';
import { makeCommands } from '../../tools/engine/docker-command.ts';
import { TestApp } from '../support/make-app.ts';
import { makeRandomImage } from '../support/random-image.ts';
import { WorkFolder } from '../support/work-folder.ts';

const host = inject('host');
const registry = inject('registry');
const { docker } = makeCommands(host);

async function start(): Promise<TestApp> {
  const app = new TestApp(host);
  await app.connected();
  return app;
}

/** Adds a layer of so many bytes to an image. */
async function addLayer(from: string, reference: string, bytes: number): Promise<void> {
  using folder = new WorkFolder({
    Dockerfile: `FROM ${from}\nCOPY file /${Math.random()}\n`,
    file: Buffer.alloc(bytes, Math.random().toString()),
  });
  await docker(['build', '--quiet', '--tag', reference, folder.path]);
}

const forecast = (app: TestApp, target: string, reference = target): Promise<PushForecast> =>
  forecastPush(app.connection.engine, { reference, target }, app.forecasts);

const push = async (app: TestApp, reference: string): Promise<Task> => {
  const task = await app.run({ kind: 'push', references: [reference], to: 'own-registry' });
  expect(task.state).toBe('succeeded');
  return task;
};

/** What the engine did of it, layer by layer, in the words of the forecast. */
function whatHappened({ progress }: Task): Record<string, string> {
  const states = { done: 'send', 'there-already': 'there-already', mounted: 'mount' } as const;
  return Object.fromEntries((progress.layers ?? []).map(({ id, state }) => [id, states[state as keyof typeof states] ?? state]));
}

const whatWasForecast = ({ layers }: PushForecast): Record<string, string> =>
  Object.fromEntries(layers.map(({ id, state }) => [id, state]));

test('a push sends what was forecast, to the layer and the byte: all, nothing, one layer on top, and from a neighbour', async () => {
  await using app = await start();
  const base = `${registry}/it-forecast/base:1`;
  await makeRandomImage(host, base, 300_000);

  const first = await forecast(app, base);
  expect(first).toMatchObject({
    toSend: 300_000,
    registry: { registry, repository: 'it-forecast/base', visibility: 'unknown', isPlain: true },
  });
  const sent = await push(app, base);
  expect(whatHappened(sent)).toEqual(whatWasForecast(first));
  expect(sent.result).toMatchObject({ sentBytes: first.toSend, sentLayers: 1 });

  const again = await forecast(app, base);
  expect(again).toMatchObject({ toSend: 0, registry: { visibility: 'public' } });
  expect(whatHappened(await push(app, base))).toEqual(whatWasForecast(again));

  const more = `${registry}/it-forecast/base:2`;
  await addLayer(base, more, 50_000);
  const oneMore = await forecast(app, more);
  expect(oneMore.layers.map(({ state }) => state)).toEqual(['there-already', 'send']);
  const sentMore = await push(app, more);
  expect(whatHappened(sentMore)).toEqual(whatWasForecast(oneMore));
  expect(sentMore.result).toMatchObject({ sentBytes: oneMore.toSend, sentLayers: 1, presentLayers: 1 });

  const neighbour = `${registry}/it-forecast/neighbour:1`;
  await docker(['tag', more, neighbour]);
  const mounted = await forecast(app, neighbour);
  expect(mounted.layers).toMatchObject([
    { state: 'mount', mountedFrom: 'it-forecast/base' },
    { state: 'mount', mountedFrom: 'it-forecast/base' },
  ]);
  expect(whatHappened(await push(app, neighbour))).toEqual(whatWasForecast(mounted));
});

test('the forecast says what the name is taken from, and what the engine will send although it is there', async () => {
  await using app = await start();
  const reference = `${registry}/it-forecast/again:1`;
  await makeRandomImage(host, reference, 200_000);
  const { result } = await push(app, reference);
  const [{ digest } = { digest: '' }] = result?.kind === 'push' ? result.pushed : [];

  await makeRandomImage(host, reference, 100_000);
  expect(await forecast(app, reference)).toMatchObject({ replaces: digest, toSend: 100_000 });
});

test('an engine remembers a layer longer than its image, and the forecast does, too', async () => {
  await using app = await start();
  using files = new WorkFolder();
  const reference = `${registry}/it-forecast/removed:1`;
  await makeRandomImage(host, reference, 200_000);
  await docker(['save', '--output', files.file('image.tar'), reference]);
  await push(app, reference);
  expect((await forecast(app, reference)).toSend).toBe(0); // by now what the push has shown is learnt
  await docker(['rmi', '--force', reference]);
  await docker(['load', '--input', files.file('image.tar')]);
  const known = await forecast(app, reference);
  expect(known.layers).toMatchObject([{ state: 'there-already' }]);
  expect(whatHappened(await push(app, reference))).toEqual(whatWasForecast(known));
});

test('what the registry has from elsewhere is sent again, because the engine has never met it there', async () => {
  await using app = await start();
  using files = new WorkFolder();
  const reference = `${registry}/it-forecast/stranger:1`;
  await makeRandomImage(host, reference, 200_000);
  await docker(['save', '--output', files.file('image.tar'), reference]);
  const from = { kind: 'archive', archive: app.readable(files.file('image.tar')), image: 0 } as const;
  expect((await app.run({ kind: 'copy', from, to: { kind: 'registry', reference } })).state).toBe('succeeded');
  const again = await forecast(app, reference);
  expect(again).toMatchObject({ toSend: 200_000, layers: [{ state: 'send', sentAgain: true }] });
  const sent = await push(app, reference);
  expect(whatHappened(sent)).toEqual(whatWasForecast(again));
  expect(sent.result).toMatchObject({ sentBytes: again.toSend });
});

test('a registry that does not answer is said by its name before anything is sent', async () => {
  await using app = await start();
  await makeRandomImage(host, 'localhost:1/app:1', 1000);
  await expect(forecast(app, 'localhost:1/app:1')).rejects.toThrow(/connection refused/);
});

test('getting an image brings what was forecast: all of it, only the upper layer, nothing', async () => {
  await using app = await start();
  const base = `${registry}/it-forecast/pull:1`;
  const more = `${registry}/it-forecast/pull:2`;
  await makeRandomImage(host, base, 300_000);
  await push(app, base);
  await addLayer(base, more, 40_000);
  await push(app, more);
  const look = (reference: string) => forecastPull(app.connection.engine, { reference }, app.forecasts);

  expect(await look(more)).toMatchObject({ isHere: true, toDownload: 0, platform: 'linux/amd64' });
  await docker(['rmi', '--force', more]);
  const upper = await look(more);
  expect(upper.layers.map(({ isHere }) => isHere)).toEqual([true, false]);
  const pulled = await app.run({ kind: 'pull', reference: more });
  expect(pulled.progress.layers?.map(({ state }) => state).sort()).toEqual(['done', 'there-already']);

  await docker(['rmi', '--force', base, more]);
  const all = await look(more);
  expect(all.layers.map(({ isHere }) => isHere)).toEqual([false, false]);
  expect(all.toDownload).toBe(all.layers.reduce((sum, { size }) => sum + size, 0));
  await expect(forecastPull(app.connection.engine, { reference: more, platform: 'linux/s390x' }, app.forecasts)).rejects.toThrow(/s390x/);
  await expect(look(`${registry}/it-forecast/pull:none`)).rejects.toThrow(/manifest unknown/);
});
