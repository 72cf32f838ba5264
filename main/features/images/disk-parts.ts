import type { ImageSummary } from '../../../contract/image.ts';
import type { StoredBlob } from '../../foundation/buildkit/kept-on-disk.ts';
import { bytesOf, joinSizes, type LayerGroup } from '../../foundation/layers/layer-sizes.ts';
import type { IndexedImage } from './layer-index.ts';

/** What an image keeps on the engine's disk: its layers unpacked, and, with containerd's store, all that it keeps packed as well. */
export type DiskParts = {
  /** Chain ids for what is unpacked; see `packedPart` for the rest. */
  names: string[];
  sizes: LayerGroup[];
};

// the digest of a layer that isn't compressed may also be a chain id
const prefix = 'packed ';

export const packedPart = (digest: string): string => `${prefix}${digest}`;
export const isPackedPart = (name: string): boolean => name.startsWith(prefix);

/**
 * What an image keeps. `unpacked` is what the engine counts for all its layers together: with containerd's store, the classic builder
 * leaves more of a step on the disk than the history says.
 */
export function partsOf({ chains, chainSizes, steps }: IndexedImage, blobs: readonly StoredBlob[] = [], unpacked?: number): DiskParts {
  const told = chainSizes.reduce<number | undefined>(
    (sum, { bytes }) => (sum === undefined || bytes === undefined ? undefined : sum + bytes),
    0,
  );
  const byBuildKit = new Set(steps.flatMap(({ isByBuildKit, place }) => (isByBuildKit && place !== undefined ? [chains[place]] : [])));
  const isTold = unpacked === undefined || told === unpacked;
  // of these the history is right; of the others the sum is known
  const sure = isTold ? chainSizes : chainSizes.filter(({ layers }) => layers.every((layer) => byBuildKit.has(layer)));
  return {
    names: [...chains, ...blobs.map(({ digest }) => packedPart(digest))],
    sizes: [
      ...sure,
      ...(isTold ? [] : [{ layers: [...chains], bytes: unpacked }]),
      ...blobs.map(({ digest, size }) => ({ layers: [packedPart(digest)], bytes: size })),
    ],
  };
}

/** Bytes of all unpacked layers of an image as the engine counts them; undefined if it doesn't tell. */
export function unpackedBytes({ size, packed }: ImageSummary, blobs: readonly StoredBlob[]): number | undefined {
  if (packed !== undefined) return size - packed;
  const isOfSeveral = blobs.some(({ refs }) => blobs.some((blob) => refs.includes(blob.digest) && blob.refs.length > 0));
  return blobs.length === 0 || isOfSeveral ? undefined : size - blobs.reduce((sum, blob) => sum + blob.size, 0);
}

/** How many images keep each part. */
export function countKeepers(images: readonly DiskParts[]): Map<string, number> {
  const keepers = new Map<string, number>();
  for (const { names } of images) for (const name of new Set(names)) keepers.set(name, (keepers.get(name) ?? 0) + 1);
  return keepers;
}

const sizesOf = (images: readonly DiskParts[]) => joinSizes(images.flatMap(({ sizes }) => sizes));

/** For each image, the bytes of what no other image keeps; undefined if unknown. */
export function ownSizes(images: readonly DiskParts[]): (number | undefined)[] {
  const keepers = countKeepers(images);
  const sizes = sizesOf(images);
  return images.map(({ names }) =>
    bytesOf(
      names.filter((name) => keepers.get(name) === 1),
      sizes,
    ),
  );
}

/** Bytes with everything counted once, how many of them are packed, and how many more there would be if nothing were shared. */
export function diskUse(images: readonly DiskParts[]): { used: number; packed: number; savedBySharing: number } | undefined {
  const sizes = sizesOf(images);
  const all = images.flatMap(({ names }) => names);
  const used = bytesOf(all, sizes);
  const packed = bytesOf(all.filter(isPackedPart), sizes);
  const whole = images.map(({ names }) => bytesOf(names, sizes));
  if (used === undefined || packed === undefined || whole.includes(undefined)) return undefined;
  return { used, packed, savedBySharing: whole.reduce<number>((sum, size) => sum + (size ?? 0), 0) - used };
}
