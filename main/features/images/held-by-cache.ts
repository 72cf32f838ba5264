import type { CacheRecord, StoredBlob } from '../../foundation/buildkit/kept-on-disk.ts';
import type { LayerSizes } from '../../foundation/layers/layer-sizes.ts';
import { packedPart } from './disk-parts.ts';

/** An image whose removal is considered, or another one. */
export type CacheUser = { isLeaving: boolean; chains: string[]; diffIds: string[]; blobs: readonly StoredBlob[] };

/** Parts of images that BuildKit's cache keeps on the disk, and those of which the engine doesn't tell whether it does. */
export type Held = { surely: Set<string>; perhaps: Set<string> };

/**
 * What of some images stays for the sake of BuildKit's cache when they are removed. The cache tells sizes and which of its records some image
 * shares, but no digests; so layers are recognised by their bytes and their place.
 */
export function heldByCache(users: readonly CacheUser[], records: readonly CacheRecord[], sizes: LayerSizes, isPacked: boolean): Held {
  return isPacked ? heldPacked(users, records, sizes) : heldUnpacked(users, records, sizes);
}

/** With containerd's store a record counts the packed layer, and the unpacked one only if it isn't the image's own. */
function heldPacked(users: readonly CacheUser[], records: readonly CacheRecord[], sizes: LayerSizes): Held {
  const surely = new Set<string>();
  const perhaps = new Set<string>();
  const shared = new Set(records.filter(({ isShared }) => isShared).map(({ size }) => size));
  for (const { chains, diffIds, blobs } of users.filter(({ isLeaving }) => isLeaving)) {
    const isLayer = blobs.filter(({ diffId }) => diffId !== undefined);
    for (const { digest, size, diffId = '' } of isLayer) {
      const place = diffIds.indexOf(diffId);
      const unpacked = sizes.of.get(chains[place] ?? '');
      const usesImage = shared.has(size);
      if (usesImage || (unpacked !== undefined && shared.has(size + unpacked))) surely.add(packedPart(digest));
      else if (place >= 0 && unpacked === undefined && [...shared].some((other) => other > size)) perhaps.add(packedPart(digest));
      if (usesImage) for (const chain of chains.slice(0, place + 1)) surely.add(chain);
    }
  }
  return { surely, perhaps };
}

/** With graph drivers cache and images have their layers in common; one that came from an image counts as nothing. */
function heldUnpacked(users: readonly CacheUser[], records: readonly CacheRecord[], sizes: LayerSizes): Held {
  const surely = new Set<string>();
  const perhaps = new Set<string>();
  const shared = records.filter(({ isShared }) => isShared);
  const depths = depthsOf(records);
  const explained = new Set<string>();
  for (const record of shared.filter(({ size }) => size > 0)) {
    const depth = depths.get(record.id);
    const found = users.flatMap((user) => {
      const places = depth === undefined ? user.chains.keys() : [depth - 1];
      return [...places].filter((place) => sizes.of.get(user.chains[place] ?? '') === record.size).map((place) => ({ user, place }));
    });
    if (found.length > 0) for (const id of withAncestors(record, records)) explained.add(id);
    // of images that stay and images that go, either may be meant
    const into = found.some(({ user }) => !user.isLeaving) ? perhaps : surely;
    for (const { user, place } of found) if (user.isLeaving) for (const chain of user.chains.slice(0, place + 1)) into.add(chain);
  }
  for (const { id } of shared.filter((record) => record.size === 0 && !explained.has(record.id))) {
    for (const { chains } of users.filter(({ isLeaving }) => isLeaving))
      for (const chain of chains.slice(0, depths.get(id))) perhaps.add(chain);
  }
  return { surely, perhaps };
}

/** The number of layers up to each record; absent where records were merged. */
function depthsOf(records: readonly CacheRecord[]): Map<string, number> {
  const byId = new Map(records.map((record) => [record.id, record]));
  const depths = new Map<string, number>();
  for (const { id } of records) {
    const way: string[] = [];
    let at = byId.get(id);
    while (at && at.parents.length < 2 && way.length < records.length) {
      way.push(at.id);
      const [parent] = at.parents;
      if (parent === undefined) depths.set(id, way.length);
      at = parent === undefined ? undefined : byId.get(parent);
    }
  }
  return depths;
}

function withAncestors(record: CacheRecord, records: readonly CacheRecord[]): Set<string> {
  const byId = new Map(records.map((one) => [one.id, one]));
  const found = new Set<string>();
  const open = [record.id];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(byId.get(id)?.parents ?? []));
  }
  return found;
}
