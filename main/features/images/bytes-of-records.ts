import type { DescribedRecord } from '../../foundation/buildkit/kept-on-disk.ts';
import type { LayerSizes } from '../../foundation/layers/layer-sizes.ts';
import { type CacheUser, isNearly } from './held-by-cache.ts';

type Around = { users: readonly CacheUser[]; sizes: LayerSizes; isPacked: boolean };

/** The bytes that records of BuildKit's cache keep for themselves and no image has, of those that can go. */
export function bytesOfRecords(
  records: readonly DescribedRecord[],
  going: ReadonlySet<string>,
  { users, sizes, isPacked }: Around,
): { bytes: number; isAtMost: boolean } {
  const removable = removableOf(records, going);
  const leaving = records.filter(({ id }) => removable.has(id));
  const own = leaving.filter(({ isShared }) => !isShared).reduce((sum, { size }) => sum + size, 0);
  // graph drivers keep a layer once for image and cache together
  if (!isPacked) return { bytes: own, isAtMost: false };
  const bytesOf = ownBytes(users, sizes);
  const shared = leaving.filter(({ isShared }) => isShared).map(({ size }) => bytesOf(size));
  return { bytes: shared.reduce((sum, { bytes }) => sum + bytes, own), isAtMost: shared.some(({ isAtMost }) => isAtMost) };
}

/** Of these records, those that BuildKit lets go: no build uses them, and no record that stays builds on them. */
export function removableOf(records: readonly DescribedRecord[], going: ReadonlySet<string>): Set<string> {
  const removable = new Set(records.filter(({ id, isInUse }) => going.has(id) && !isInUse).map(({ id }) => id));
  const parentsOf = new Map(records.map(({ id, parents }) => [id, parents]));
  const open = records.filter(({ id }) => !removable.has(id)).flatMap(({ parents }) => parents);
  for (let next = open.pop(); next !== undefined; next = open.pop()) if (removable.delete(next)) open.push(...(parentsOf.get(next) ?? []));
  return removable;
}

/** With containerd's store a shared record counts an image's packed layer, and its own unpacked one besides unless that is the image's, too. */
function ownBytes(users: readonly CacheUser[], sizes: LayerSizes): (size: number) => { bytes: number; isAtMost: boolean } {
  const packed = new Set<number>();
  /** Packed bytes by the sum of packed and unpacked ones. */
  const withBoth = new Map<number, number>();
  let smallestUnclear = Number.POSITIVE_INFINITY;
  for (const { chains, diffIds, blobs } of users) {
    for (const { size, diffId } of blobs) {
      if (diffId === undefined) continue;
      packed.add(size);
      const unpacked = sizes.of.get(chains[diffIds.indexOf(diffId)] ?? '');
      if (unpacked === undefined) smallestUnclear = Math.min(smallestUnclear, size);
      else withBoth.set(size + unpacked, size);
    }
  }
  return (size) => {
    const beside = withBoth.get(size);
    if (packed.has(size)) return { bytes: 0, isAtMost: beside !== undefined };
    if (beside !== undefined) return { bytes: size - beside, isAtMost: false };
    const isUnclear = size > smallestUnclear || [...withBoth.keys()].some((both) => isNearly(size, both));
    return { bytes: size, isAtMost: isUnclear };
  };
}
