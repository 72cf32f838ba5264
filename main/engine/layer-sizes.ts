/** Layers whose bytes are known: one alone, or several of which only the sum is; where not even that is known, `bytes` is absent. */
export type LayerGroup = { layers: string[]; bytes?: number };

/** What is known of the bytes of layers, gathered from images that share them. */
export type LayerSizes = {
  of: ReadonlyMap<string, number>;
  /** Those whose bytes are only known together. */
  together: readonly LayerGroup[];
};

/** Joins what several images tell: a layer that one of them knows makes the sums of the others smaller. */
export function joinSizes(groups: Iterable<LayerGroup>): LayerSizes {
  const of = new Map<string, number>();
  let together = [...groups];
  for (let before = -1; before < of.size; ) {
    before = of.size;
    together = together.map((group) => withoutKnown(group, of)).filter((group) => !learn(group, of));
  }
  return { of, together };
}

function withoutKnown({ layers, bytes }: LayerGroup, known: ReadonlyMap<string, number>): LayerGroup {
  const rest = layers.filter((layer) => !known.has(layer));
  const sum = layers.reduce((total, layer) => total + (known.get(layer) ?? 0), 0);
  return { layers: rest, ...(bytes !== undefined && bytes >= sum && { bytes: bytes - sum }) };
}

// true where nothing more can be learnt from it
function learn({ layers, bytes }: LayerGroup, known: Map<string, number>): boolean {
  const [first] = layers;
  if (first === undefined) return true;
  if (bytes === undefined || (bytes > 0 && layers.some((layer) => layer !== first))) return false;
  for (const layer of layers) known.set(layer, bytes / layers.length);
  return true;
}

/** Bytes of some layers, each counted once; undefined where they are not known. */
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
