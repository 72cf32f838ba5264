import type { FilesLayer } from '../../../../contract/layer-files.ts';

/** Where the layers of two images diverge. */
export type LayerFork = {
  /** How many layers both begin with. */
  common: number;
  /** The first layer of each that the other has not at that place; absent if it has no more. */
  first?: FilesLayer;
  second?: FilesLayer;
  /** How many further layers both have, on top of others. */
  alsoShared: number;
};

export function layerFork(first: FilesLayer[], second: FilesLayer[]): LayerFork {
  const split = first.findIndex(({ diffId }, place) => diffId !== second[place]?.diffId);
  const common = split < 0 ? first.length : split;
  const above = new Set(second.slice(common).map(({ diffId }) => diffId));
  const [one, other] = [first[common], second[common]];
  return {
    common,
    ...(one && { first: one }),
    ...(other && { second: other }),
    alsoShared: first.slice(common).filter(({ diffId }) => above.has(diffId)).length,
  };
}
