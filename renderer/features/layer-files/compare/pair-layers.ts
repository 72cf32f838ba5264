import { diffArrays } from 'diff';
import { withoutDigest } from '../../../../contract/instruction.ts';
import type { FilesLayer } from '../../../../contract/layer-files.ts';

export type PlacedLayer = { layer: FilesLayer /** Bytes, if known. */; size?: number | undefined };

/** Layers above a fork that stand beside each other: those of the same instruction, and what is left between such. */
export type LayerPair = { first?: PlacedLayer; second?: PlacedLayer };

type Sizes = readonly (number | undefined)[];

/** The lowest first. */
export function pairLayers(first: FilesLayer[], second: FilesLayer[], [sizes, others]: [Sizes, Sizes]): LayerPair[] {
  const words = ({ instruction = '' }: FilesLayer) => withoutDigest(instruction);
  const pairs: LayerPair[] = [];
  let [one, other] = [0, 0];
  for (const { added, removed, value } of diffArrays(first.map(words), second.map(words))) {
    for (const _ of value) {
      const before = added ? undefined : placed(first[one], sizes[one++]);
      const after = removed ? undefined : placed(second[other], others[other++]);
      // a step that was written in another way stands beside the one in its place
      const open = added ? pairs.findIndex((pair, at) => !pair.second && pairs.slice(at).every(({ second: none }) => !none)) : -1;
      if (open >= 0 && after) pairs[open] = { ...pairs[open], second: after };
      else pairs.push({ ...(before && { first: before }), ...(after && { second: after }) });
    }
  }
  return pairs;
}

const placed = (layer: FilesLayer | undefined, size: number | undefined): PlacedLayer | undefined => layer && { layer, size };
