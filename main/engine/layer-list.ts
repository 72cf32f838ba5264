import type { LayerTransfer } from '../../contract/transfer.ts';

/** What layers come to together. */
export type Sums = {
  /** Layers that are not on the other side already. */
  moving: number;
  /** Of these, those whose size nobody has said yet. */
  unsized: number;
  /** Of these, those that are still on their way. */
  onTheWay: number;
  bytes: number;
  totalBytes: number;
  /** The same as bytes where sending is all there is to do; more where unpacking comes after it. */
  work: number;
  totalWork: number;
};

/**
 * Layers in the order the engine named them, and their sums. A change copies a list of places and adds up one layer, whatever
 * their number: engines send thousands of lines a second.
 */
export type LayerList<L extends LayerTransfer> = { places: ReadonlyMap<string, number>; layers: readonly L[]; sums: Sums };

const nothing: Sums = { moving: 0, unsized: 0, onTheWay: 0, bytes: 0, totalBytes: 0, work: 0, totalWork: 0 };

export const emptyList = { places: new Map<string, number>(), layers: [], sums: nothing };

export function layerOf<L extends LayerTransfer>({ places, layers }: LayerList<L>, id: string): L | undefined {
  const place = places.get(id);
  return place === undefined ? undefined : layers[place];
}

/** The list with the layer new or in the place it had. `share` says what one layer adds to the sums. */
export function withLayer<L extends LayerTransfer>(list: LayerList<L>, layer: L, share: (layer: L) => Sums): LayerList<L> {
  const { places, layers, sums } = list;
  const place = places.get(layer.id);
  const before = place === undefined ? undefined : layers[place];
  if (place === undefined || !before) {
    return { places: new Map(places).set(layer.id, layers.length), layers: [...layers, layer], sums: add(sums, share(layer), nothing) };
  }
  return { places, layers: layers.with(place, layer), sums: add(sums, share(layer), share(before)) };
}

/** Every layer changed. */
export function mapLayers<L extends LayerTransfer>(list: LayerList<L>, change: (layer: L) => L, share: (layer: L) => Sums): LayerList<L> {
  return list.layers.reduce((changed, layer) => withLayer(changed, change(layer), share), list);
}

/** How much of the work is done. It does not fall below what was said before, and 1 is said by nobody before success. */
export function fractionOf({ sums }: LayerList<LayerTransfer>, before: number | undefined): number | undefined {
  if (sums.unsized > 0 || sums.totalWork === 0) return before;
  return Math.min(0.99, Math.max(before ?? 0, sums.work / sums.totalWork));
}

/** What a layer adds that is on the other side already. */
export const noShare = nothing;

function add(sums: Sums, plus: Sums, minus: Sums): Sums {
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
