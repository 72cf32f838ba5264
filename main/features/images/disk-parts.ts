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
export function partsOf(image: IndexedImage, blobs: readonly StoredBlob[] = [], unpacked?: number): DiskParts {
  const { chains, chainSizes } = image;
  const told = sumOf(chainSizes);
  const others = isUnpackedForSeveral(blobs) ? [`other platforms of ${blobs[0]?.digest}`] : [];
  const isTold = unpacked === undefined || told === unpacked || others.length > 0;
  return {
    names: [...chains, ...others, ...blobs.map(({ digest }) => packedPart(digest))],
    sizes: [
      ...(isTold ? chainSizes : certainSizes(image)),
      ...(isTold ? [] : [{ layers: [...chains], bytes: unpacked }]),
      ...(others.length === 0 ? [] : [{ layers: others, ...(unpacked !== undefined && told !== undefined && { bytes: unpacked - told }) }]),
      ...blobs.map(({ digest, size }) => ({ layers: [packedPart(digest)], bytes: size })),
    ],
  };
}

const sumOf = (groups: LayerGroup[]): number | undefined =>
  groups.reduce<number | undefined>((sum, { bytes }) => (sum === undefined || bytes === undefined ? undefined : sum + bytes), 0);

/** Of BuildKit's steps the history is right in any case. */
function certainSizes({ chains, chainSizes, steps }: IndexedImage): LayerGroup[] {
  const byBuildKit = new Set(steps.flatMap(({ isByBuildKit, place }) => (isByBuildKit && place !== undefined ? [chains[place]] : [])));
  return chainSizes.filter(({ layers }) => layers.every((layer) => byBuildKit.has(layer)));
}

/** Whether layers of more than one platform were unpacked; only then does a packed layer say what is in it. */
function isUnpackedForSeveral(blobs: readonly StoredBlob[]): boolean {
  const all = new Map(blobs.map((blob) => [blob.digest, blob]));
  // BuildKit's layers name other packings of themselves
  const notLayers = blobs.filter(({ diffId }) => diffId === undefined);
  return notLayers.filter(({ refs }) => refs.some((digest) => all.get(digest)?.diffId !== undefined)).length > 1;
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
