import { readStoredBlobs, type StoredBlob } from '../../foundation/buildkit/kept-on-disk.ts';
import { infoOf } from '../../foundation/engine/engine-info.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';

/** What an engine keeps packed, by digest; empty if it keeps images unpacked only, undefined if it doesn't say. */
export type PackedStore = ReadonlyMap<string, StoredBlob>;

const nothing: PackedStore = new Map();

/** Reads what the engine keeps packed besides the unpacked layers. One question for all images, which takes milliseconds. */
export async function readPackedStore(engine: Engine): Promise<PackedStore | undefined> {
  try {
    const { store } = await infoOf(engine);
    if (store !== 'containerd') return nothing;
    return new Map((await readStoredBlobs(engine)).map((blob) => [blob.digest, blob]));
  } catch {
    return undefined;
  }
}

/** What an image keeps packed: its list of platforms if it has one, and manifest, configuration and layers of those that are here. */
export function blobsOf(store: PackedStore, id: string): StoredBlob[] {
  const found = new Map<string, StoredBlob>();
  const open = [id];
  for (let digest = open.pop(); digest !== undefined; digest = open.pop()) {
    const blob = store.get(digest);
    if (!blob || found.has(digest)) continue;
    found.set(digest, blob);
    open.push(...blob.refs);
  }
  return [...found.values()];
}
