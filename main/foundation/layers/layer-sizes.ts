/** One layer with its bytes, or several layers of which only the sum is known; `bytes` is absent if not even the sum is known. */
export type LayerGroup = { layers: string[]; bytes?: number };

/** What is known about the sizes of layers, gathered from images that share them. */
export type LayerSizes = {
  of: ReadonlyMap<string, number>;
  /** Groups of which only the sum is known. */
  together: readonly LayerGroup[];
};

/** Combines what several images show: a layer or a sum known from one image narrows down the sums of others. */
export function joinSizes(groups: Iterable<LayerGroup>): LayerSizes {
  const of = new Map<string, number>();
  let together = [...groups];
  for (let before = -1; before < of.size; ) {
    before = of.size;
    together = together.map((group) => withoutKnown(group, of)).filter((group) => !learn(group, of));
    together = withoutEachOther(together.map((group) => withoutKnown(group, of))).filter((group) => !learn(group, of));
  }
  return { of, together };
}

/** Takes smaller sums out of larger ones: of an image and its base, what was added remains. */
function withoutEachOther(groups: LayerGroup[]): LayerGroup[] {
  const bySize = groups.toSorted((a, b) => a.layers.length - b.layers.length);
  const parts: LayerGroup[] = [];
  for (const group of bySize) {
    const left = parts.reduce(withoutPart, group);
    if (left.layers.length > 0) parts.push(left);
  }
  return parts;
}

function withoutPart(group: LayerGroup, { layers, bytes }: LayerGroup): LayerGroup {
  const isPart = layers.length > 0 && layers.every((layer) => group.layers.includes(layer));
  const isClear = new Set(layers).size === layers.length && new Set(group.layers).size === group.layers.length;
  if (!isPart || !isClear || bytes === undefined || group.bytes === undefined || bytes > group.bytes) return group;
  return { layers: group.layers.filter((layer) => !layers.includes(layer)), bytes: group.bytes - bytes };
}

function withoutKnown({ layers, bytes }: LayerGroup, known: ReadonlyMap<string, number>): LayerGroup {
  const rest = layers.filter((layer) => !known.has(layer));
  const sum = layers.reduce((total, layer) => total + (known.get(layer) ?? 0), 0);
  return { layers: rest, ...(bytes !== undefined && bytes >= sum && { bytes: bytes - sum }) };
}

// true if nothing more can be learned from the group
function learn({ layers, bytes }: LayerGroup, known: Map<string, number>): boolean {
  const [first] = layers;
  if (first === undefined) return true;
  if (bytes === undefined || (bytes > 0 && layers.some((layer) => layer !== first))) return false;
  for (const layer of layers) known.set(layer, bytes / layers.length);
  return true;
}

/** The bytes of some layers, each counted once; undefined if unknown. */
export function bytesOf(wanted: Iterable<string>, { of, together }: LayerSizes): number | undefined {
  const left = new Set<string>();
  let sum = 0;
  for (const layer of new Set(wanted)) {
    const size = of.get(layer);
    if (size === undefined) left.add(layer);
    else sum += size;
  }
  for (const { layers, bytes } of together) {
    const isWhole = layers.every((layer) => left.has(layer)) && new Set(layers).size === layers.length;
    if (bytes === undefined || !isWhole) continue;
    sum += bytes;
    for (const layer of layers) left.delete(layer);
  }
  return left.size > 0 ? undefined : sum;
}
