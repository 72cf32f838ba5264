import type { LayerTransfer } from '../../../contract/transfer.ts';

/** Sums over the layers of a transfer. */
export type LayerSums = {
  /** How many layers are not yet on the other side. */
  moving: number;
  /** Of these, how many have no known size yet. */
  unsized: number;
  /** Of these, how many are still on their way. */
  onTheWay: number;
  bytes: number;
  totalBytes: number;
  /** The same as bytes if sending is all there is to do; more if unpacking follows. */
  work: number;
  totalWork: number;
};

/**
 * Layers in the order the engine named them, with their sums. A change copies the list and adds up only the changed layer, as
 * engines send thousands of lines a second.
 */
export type LayerList<L extends LayerTransfer> = { places: ReadonlyMap<string, number>; layers: readonly L[]; sums: LayerSums };

const nothing: LayerSums = { moving: 0, unsized: 0, onTheWay: 0, bytes: 0, totalBytes: 0, work: 0, totalWork: 0 };

export const emptyList = { places: new Map<string, number>(), layers: [], sums: nothing };

export function layerOf<L extends LayerTransfer>({ places, layers }: LayerList<L>, id: string): L | undefined {
  const place = places.get(id);
  return place === undefined ? undefined : layers[place];
}

/** The list with a layer added or replaced. `share` gives what one layer adds to the sums. */
export function withLayer<L extends LayerTransfer>(list: LayerList<L>, layer: L, share: (layer: L) => LayerSums): LayerList<L> {
  const { places, layers, sums } = list;
  const place = places.get(layer.id);
  const before = place === undefined ? undefined : layers[place];
  if (place === undefined || !before) {
    return { places: new Map(places).set(layer.id, layers.length), layers: [...layers, layer], sums: add(sums, share(layer), nothing) };
  }
  return { places, layers: layers.with(place, layer), sums: add(sums, share(layer), share(before)) };
}

/** The list with every layer changed. */
export function mapLayers<L extends LayerTransfer>(
  list: LayerList<L>,
  change: (layer: L) => L,
  share: (layer: L) => LayerSums,
): LayerList<L> {
  return list.layers.reduce((changed, layer) => withLayer(changed, change(layer), share), list);
}

/** How much of the work is done. It never falls below the earlier fraction, and does not reach 1 before success. */
export function fractionOf({ sums }: LayerList<LayerTransfer>, before: number | undefined): number | undefined {
  if (sums.unsized > 0 || sums.totalWork === 0) return before;
  return Math.min(0.99, Math.max(before ?? 0, sums.work / sums.totalWork));
}

/** The share of a layer that is already on the other side. */
export const noShare = nothing;

function add(sums: LayerSums, plus: LayerSums, minus: LayerSums): LayerSums {
  return {
    moving: sums.moving + plus.moving - minus.moving,
    unsized: sums.unsized + plus.unsized - minus.unsized,
    onTheWay: sums.onTheWay + plus.onTheWay - minus.onTheWay,
    bytes: sums.bytes + plus.bytes - minus.bytes,
    totalBytes: sums.totalBytes + plus.totalBytes - minus.totalBytes,
    work: sums.work + plus.work - minus.work,
    totalWork: sums.totalWork + plus.totalWork - minus.totalWork,
  };
}
