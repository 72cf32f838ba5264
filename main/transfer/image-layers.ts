import type { Engine } from '../engine/open-engine.ts';

/** An image's layers from the oldest by their unpacked digests, and its steps with their sizes; undefined where it is gone. */
export type ReadLayers = (
  engine: Engine,
  imageId: string,
) => Promise<{ diffIds: string[]; layers: { diffId?: string; size: number }[] } | undefined>;

/** Bytes of each layer as the engine counts them unpacked, by its unpacked digest. */
export const sizesOf = ({ layers }: { layers: { diffId?: string; size: number }[] }): Map<string, number> =>
  new Map(layers.flatMap(({ diffId, size }) => (diffId ? [[diffId, size] as const] : [])));
