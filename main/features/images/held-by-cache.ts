import type { CacheRecord, StoredBlob } from '../../foundation/buildkit/kept-on-disk.ts';
import type { LayerSizes } from '../../foundation/layers/layer-sizes.ts';
import { packedPart } from './disk-parts.ts';

/** An image as far as the cache may have something in common with it. */
export type CacheUser = { chains: string[]; diffIds: string[]; blobs: readonly StoredBlob[] };

/** Parts of images that BuildKit's cache keeps on the disk, and those of which the engine doesn't tell whether it does. */
export type Held = { surely: Set<string>; perhaps: Set<string> };

/** What of some images stays for the sake of the cache when they leave and the others stay. */
export type HeldBy<User> = (leaving: ReadonlySet<User>) => Held;

/**
 * Finds what BuildKit's cache keeps of images. The cache tells sizes and which of its records some image shares, but no digests; so layers
 * are recognised by their bytes and their place.
 */
export function heldByCache<User extends CacheUser>(
  users: readonly User[],
  records: readonly CacheRecord[],
  sizes: LayerSizes,
  isPacked: boolean,
): HeldBy<User> {
  return isPacked ? heldPacked(users, records, sizes) : heldUnpacked(users, records, sizes);
}

/** With containerd's store a record counts the packed layer, and the unpacked one only if it isn't the image's own. */
function heldPacked<User extends CacheUser>(users: readonly User[], records: readonly CacheRecord[], sizes: LayerSizes): HeldBy<User> {
  const depths = depthsOf(new Map(records.map((record) => [record.id, record])));
  const shared = records.filter(({ isShared }) => isShared);
  const layers = users.flatMap((user) => packedLayers(user, sizes).map((layer) => ({ ...layer, user })));
  const layersOf = Map.groupBy(
    layers.flatMap((layer) => [...new Set([layer.packed, layer.both])].map((bytes) => ({ bytes, layer }))),
    ({ bytes }) => bytes,
  );
  const surely = new Set<string>();
  const perhaps = new Set<string>();
  for (const same of Map.groupBy(shared, ({ id, size }) => `${size} ${depths.get(id)}`).values()) {
    const [{ id, size }] = same as [CacheRecord];
    const depth = depths.get(id);
    const found = (layersOf.get(size) ?? []).map(({ layer }) => layer);
    // one of another platform has no place among the image's layers
    const fitting = found.filter(({ place }) => depth === undefined || place < 0 || place === depth - 1);
    // of several layers of the same bytes and place, any may be the one that the only record has
    const isClear = new Set(fitting.map(({ user, digest, place }) => user.chains[place] ?? digest)).size <= same.length;
    if (fitting.length === 0) {
      // it is of an image that isn't among these, and may be packed as one of these is
      for (const { digest } of found) perhaps.add(packedPart(digest));
      for (const { digest, both, place } of layers) {
        if (place === (depth ?? 0) - 1 && isNearly(size, both)) perhaps.add(packedPart(digest));
      }
    }
    for (const { digest, packed, user, place } of fitting) {
      (isClear ? surely : perhaps).add(packedPart(digest));
      // a record that counts the packed layer alone uses the image's own folders up to there
      if (packed !== size) continue;
      for (const chain of user.chains.slice(0, place + 1)) (isClear && depth !== undefined ? surely : perhaps).add(chain);
    }
  }
  const largest = Math.max(...shared.map(({ size }) => size));
  for (const { digest, packed, both, place } of layers) {
    if (place >= 0 && both === undefined && largest > packed) perhaps.add(packedPart(digest));
  }
  const held = { surely, perhaps: perhaps.difference(surely) };
  return () => held;
}

/** Bytes of folders that BuildKit's own unpacked layer may have besides. */
const folders = 16 * 4096;

/**
 * Whether a record of so many bytes may be that of a layer of `both` bytes, packed and unpacked: on a base that came from elsewhere, what
 * BuildKit keeps unpacked of a step has folders that it only looked into, and the image's own has not.
 */
export const isNearly = (size: number, both: number | undefined): boolean => both !== undefined && size > both && size - both <= folders;

/** A packed layer: its own bytes, those with what is in it if that is known, and its place among the image's layers. */
type PackedLayer = { digest: string; packed: number; both: number | undefined; place: number };

function packedLayers({ chains, diffIds, blobs }: CacheUser, sizes: LayerSizes): PackedLayer[] {
  return blobs.flatMap(({ digest, size, diffId }): PackedLayer[] => {
    if (diffId === undefined) return [];
    const place = diffIds.indexOf(diffId);
    const unpacked = sizes.of.get(chains[place] ?? '');
    return [{ digest, packed: size, both: unpacked === undefined ? undefined : size + unpacked, place }];
  });
}

type Place<User> = { user: User; place: number };

/** With graph drivers cache and images have their layers in common; one that came from an image counts as nothing. */
function heldUnpacked<User extends CacheUser>(users: readonly User[], records: readonly CacheRecord[], sizes: LayerSizes): HeldBy<User> {
  const byId = new Map(records.map((record) => [record.id, record]));
  const depths = depthsOf(byId);
  const shared = records.filter(({ isShared }) => isShared);
  const placesOf = placesBySize(users, sizes);
  const explained = new Set<string>();
  /** For each user, its layers that a record may be, and how many layers of any user it may be. */
  const matches = new Map<User, { record: CacheRecord; place: number; of: number; isClear: boolean }[]>(users.map((user) => [user, []]));
  const twins = Map.groupBy(shared, ({ id, size }) => `${size} ${depths.get(id)}`);
  for (const record of shared.filter(({ size }) => size > 0)) {
    const depth = depths.get(record.id);
    const places = (placesOf.get(record.size) ?? []).filter(({ place }) => depth === undefined || place === depth - 1);
    if (places.length > 0) addWithAncestors(record.id, byId, explained);
    // of several layers of the same bytes and place, any may be the one that the only record has
    const isClear =
      new Set(places.map(({ user, place }) => user.chains[place])).size <= (twins.get(`${record.size} ${depth}`)?.length ?? 0);
    for (const { user, place } of places) matches.get(user)?.push({ record, place, of: places.length, isClear });
  }
  const unexplained = shared.filter(({ id, size }) => size === 0 && !explained.has(id)).map(({ id }) => depths.get(id));
  return (leaving) => {
    const surely = new Set<string>();
    const perhaps = new Set<string>();
    const own = [...leaving].flatMap((user) => (matches.get(user) ?? []).map((match) => ({ user, ...match })));
    for (const same of Map.groupBy(own, ({ record }) => record).values()) {
      // of images that stay and images that go, either may be meant
      const into = same[0]?.isClear && same.length === same[0].of ? surely : perhaps;
      for (const { user, place } of same) for (const chain of user.chains.slice(0, place + 1)) into.add(chain);
    }
    for (const depth of unexplained) for (const { chains } of leaving) for (const chain of chains.slice(0, depth)) perhaps.add(chain);
    return { surely, perhaps: new Set([...perhaps].filter((name) => !surely.has(name))) };
  };
}

function placesBySize<User extends CacheUser>(users: readonly User[], sizes: LayerSizes): Map<number, Place<User>[]> {
  const places = new Map<number, Place<User>[]>();
  for (const user of users) {
    for (const [place, chain] of user.chains.entries()) {
      const size = sizes.of.get(chain);
      if (size === undefined) continue;
      const same = places.get(size);
      if (same) same.push({ user, place });
      else places.set(size, [{ user, place }]);
    }
  }
  return places;
}

type Records = ReadonlyMap<string, CacheRecord>;

/** The number of layers up to each record; absent where records were merged. */
function depthsOf(byId: Records): Map<string, number> {
  const depths = new Map<string, number>();
  for (const id of byId.keys()) {
    const way: string[] = [];
    let at = byId.get(id);
    while (at && at.parents.length < 2 && way.length < byId.size) {
      way.push(at.id);
      const [parent] = at.parents;
      if (parent === undefined) depths.set(id, way.length);
      at = parent === undefined ? undefined : byId.get(parent);
    }
  }
  return depths;
}

function addWithAncestors(id: string, byId: Records, found: Set<string>): void {
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(byId.get(next)?.parents ?? []));
  }
}
