import { expect } from 'vitest';
import type { Task } from '../../contract/task.ts';
import type { PushForecast } from '../../contract/transfer.ts';
import { forecastPush } from '../../main/features/transfer/forecast-push.ts';
import type { Engine } from '../../tools/engine/engine.ts';
import { countsOfPush, traits } from './engines/own-engine.ts';
import type { TestApp } from './make-app.ts';
import { makeRandomImage } from './random-image.ts';
import { WorkFolder } from './work-folder.ts';

/** Adds a layer of so many bytes to an image. */
export async function addLayer(docker: Engine['docker'], from: string, reference: string, bytes: number): Promise<void> {
  const file = Buffer.alloc(bytes, Math.random().toString());
  using folder = new WorkFolder({ Dockerfile: `FROM ${from}\nCOPY file /${Math.random()}\n`, file });
  await docker(['build', '--quiet', '--tag', reference, folder.path]);
}

export const forecastOf = (app: TestApp, target: string, reference = target): Promise<PushForecast> =>
  forecastPush(app.connection.engine, { reference, target }, app.forecasts);

export async function push(app: TestApp, reference: string): Promise<Task> {
  const task = await app.run({ kind: 'push', references: [reference], to: 'own-registry' });
  expect(task.state, JSON.stringify(task.failure)).toBe('succeeded');
  return task;
}

/** What the engine did, layer by layer, in the words of the forecast. */
export function whatHappened({ progress }: Task): Record<string, string> {
  const states = { done: 'send', 'there-already': 'there-already', mounted: 'mount' } as const;
  return Object.fromEntries((progress.layers ?? []).map(({ id, state }) => [id, states[state as keyof typeof states] ?? state]));
}

export const whatWasForecast = ({ layers }: PushForecast): Record<string, string> =>
  Object.fromEntries(layers.map(({ id, state }) => [id, state]));

/** A push did what was forecast, to the layer and the byte, as far as the engine says what it did. */
export function expectAsForecast(pushed: Task, forecast: PushForecast): void {
  const sentLayers = forecast.layers.filter(({ state }) => state === 'send').length;
  expect(pushed.result).toMatchObject(countsOfPush(sentLayers, forecast.layers.length - sentLayers));
  if (!traits.namesLayersSent) return;
  expect(whatHappened(pushed)).toEqual(whatWasForecast(forecast));
  if (forecast.toSend !== undefined) expect(pushed.result).toMatchObject({ sentBytes: forecast.toSend });
}

/** Pushes, each with a forecast: everything, nothing, a layer on top, and layers that a neighbour has. */
export async function pushAsForecast(app: TestApp, docker: Engine['docker'], registry: string): Promise<void> {
  const step = async (reference: string): Promise<PushForecast> => {
    const forecast = await forecastOf(app, reference);
    expectAsForecast(await push(app, reference), forecast);
    return forecast;
  };
  const base = `${registry}/it-forecast/base:1`;
  const more = `${registry}/it-forecast/base:2`;
  const neighbour = `${registry}/it-forecast/neighbour:1`;
  await makeRandomImage(app.host, base, 300_000);
  const first = await step(base);
  expect(first.registry).toMatchObject({ registry, repository: 'it-forecast/base', visibility: 'unknown', isPlain: true });
  expect(first.layers.map(({ state }) => state)).toEqual(['send']);
  expect(await step(base)).toMatchObject({ toSend: 0, registry: { visibility: 'public' } });
  await addLayer(docker, base, more, 50_000);
  expect((await step(more)).layers.map(({ state }) => state)).toEqual(['there-already', 'send']);
  await docker(['tag', more, neighbour]);
  expect((await step(neighbour)).layers).toMatchObject([
    { state: 'mount', mountedFrom: 'it-forecast/base' },
    { state: 'mount', mountedFrom: 'it-forecast/base' },
  ]);
}
