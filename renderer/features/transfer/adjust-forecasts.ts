import type { PushForecast, PushForecastLayer } from '../../../contract/transfer.ts';

/** Undefined if one of them is. */
export const sumOf = (sizes: (number | undefined)[]): number | undefined =>
  sizes.reduce<number | undefined>((sum, size) => (sum === undefined || size === undefined ? undefined : sum + size), 0);

type Named = { forecast?: PushForecast };

/**
 * Forecasts of names that are pushed one after another: a layer that an earlier one sends is already there for a later one, or in
 * another repository of the same registry.
 */
export function adjustForecasts<T extends Named>(names: T[]): T[] {
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
    if (layers.every((layer, place) => layer === forecast.layers[place])) return named;
    const { toSend: _, ...rest } = forecast;
    const toSend = sumOf(layers.filter(({ state }) => state === 'send').map(({ size }) => size));
    return { ...named, forecast: { ...rest, layers, ...(toSend !== undefined && { toSend }) } };
  });
}
