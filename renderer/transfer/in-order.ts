import type { PushForecast, PushForecastLayer } from '../../contract/transfer.ts';

type Named = { forecast?: PushForecast };

/** Forecasts of names that are pushed one after the other: what an earlier one sends is there, or next door, for a later one. */
export function inOrder<T extends Named>(names: T[]): T[] {
  const sent = new Map<string, string>();
  return names.map((named) => {
    const { forecast } = named;
    if (!forecast) return named;
    const { registry, repository } = forecast.registry;
    const layers = forecast.layers.map((layer): PushForecastLayer => {
      const key = `${registry} ${layer.id}`;
      const before = sent.get(key);
      if (before === undefined) sent.set(key, repository);
      if (layer.state !== 'send' || before === undefined) return layer;
      const { sentAgain: _, ...rest } = layer;
      return before === repository ? { ...rest, state: 'there-already' } : { ...rest, state: 'mount', mountedFrom: before };
    });
    const toSend = layers.reduce((sum, { state, size = 0 }) => sum + (state === 'send' ? size : 0), 0);
    return { ...named, forecast: { ...forecast, layers, toSend } };
  });
}
