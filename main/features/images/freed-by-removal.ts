import type { FreedSpace } from '../../../contract/image.ts';
import { bytesOf, type LayerSizes } from '../../foundation/layers/layer-sizes.ts';
import { type DiskParts, isPackedPart } from './disk-parts.ts';
import type { Held } from './held-by-cache.ts';

/** The bytes that the disk gets back, each part counted once; undefined if unknown. `isNeeded` tells what something that stays keeps. */
export function freedBy(
  leaving: readonly DiskParts[],
  isNeeded: (name: string) => boolean,
  sizes: LayerSizes,
  { surely, perhaps }: Held,
): FreedSpace | undefined {
  const unneeded = [...new Set(leaving.flatMap(({ names }) => names))].filter((name) => !isNeeded(name));
  const going = unneeded.filter((name) => !surely.has(name));
  const bytes = bytesOf(going, sizes);
  const packed = bytesOf(going.filter(isPackedPart), sizes);
  const inCache = bytesOf(
    unneeded.filter((name) => surely.has(name)),
    sizes,
  );
  if (bytes === undefined || packed === undefined || inCache === undefined) return undefined;
  const unsure = bytesOf(
    going.filter((name) => perhaps.has(name)),
    sizes,
  );
  return { bytes, ...(packed > 0 && { packed }), ...(inCache > 0 && { inCache }), ...(unsure !== 0 && { isAtMost: true }) };
}
