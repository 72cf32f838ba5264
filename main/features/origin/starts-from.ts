import type { ImageOrigin } from '../../../contract/origin.ts';

/** An image with its layers by chain id, the lowest first. */
export type WithLayers = { id: string; name: string | undefined; chains: readonly string[] };

/**
 * Images with a name whose layers are the lowest ones of this image, byte for byte: a chain id stands for a layer and all below it. Those with
 * the same layers as another one count once. The lowest first. Pure.
 */
export function startsFrom(own: readonly string[], others: readonly WithLayers[]): ImageOrigin['startsFrom'] {
  const found = new Map<number, ImageOrigin['startsFrom'][number]>();
  for (const { id, name, chains } of others) {
    const layers = chains.length;
    const isBelow = layers > 0 && layers < own.length && chains[layers - 1] === own[layers - 1];
    if (isBelow && name !== undefined && !found.has(layers)) found.set(layers, { image: id, name, layers });
  }
  return [...found.values()].sort((one, other) => one.layers - other.layers);
}
