import { none } from '../index/path-tree.ts';
import type { ImageTree } from '../stack/image-tree.ts';
import { factsOf } from '../stack/same-file.ts';

/** A file with bytes that a layer wrote, under the first of its names. */
export type WrittenFile = {
  place: number;
  layer: number;
  /** Its number in the layer. */
  file: number;
  bytes: number;
  /** The layer that took it away, or put something else in its place; absent if it is still there. */
  by?: number;
  isRemoved: boolean;
  /** It was replaced by the same content. */
  isSame: boolean;
};

/** Every file of every layer, the lowest layer first. A file of several names has gone only if all of them have. */
export function writtenFiles(tree: ImageTree): WrittenFile[] {
  const newer = newerVersions(tree);
  /** By layer and file. */
  const found = tree.layers.map(() => new Map<number, WrittenFile>());
  for (let version = 0; version < tree.versionCount; version++) {
    if (tree.isRemoval(version)) continue;
    const placed = tree.fileOf(version);
    if (!placed || tree.layers[placed.layer]?.kindOf(placed.file) !== 'file') continue;
    const known = found[placed.layer]?.get(placed.file);
    const next = newer[version] ?? none;
    // one name that stays keeps the bytes
    if (known && next === none) {
      delete known.by;
      known.isRemoved = known.isSame = false;
    }
    const bytes = tree.layers[placed.layer]?.columns.sizes[placed.file] ?? 0;
    if (known || bytes === 0) continue;
    found[placed.layer]?.set(placed.file, { place: tree.placeOf(version), ...placed, bytes, ...endOf(tree, version, next) });
  }
  return found.flatMap((files) => [...files.values()]);
}

function endOf(tree: ImageTree, version: number, next: number): Pick<WrittenFile, 'by' | 'isRemoved' | 'isSame'> {
  if (next === none) return { isRemoved: false, isSame: false };
  const by = tree.layerOf(next);
  const after = tree.at(tree.placeOf(version), by);
  return { by, isRemoved: after === none, isSame: after !== none && isSameContent(tree, version, after) };
}

function isSameContent(tree: ImageTree, one: number, other: number): boolean {
  if (tree.kindOf(other) !== 'file') return false;
  const [facts, others] = [factsOf(tree, one), factsOf(tree, other)];
  return facts.size === others.size && Buffer.compare(facts.digest, others.digest) === 0;
}

function newerVersions(tree: ImageTree): Uint32Array {
  const newer = new Uint32Array(tree.versionCount).fill(none);
  for (let version = 0; version < tree.versionCount; version++) {
    const older = tree.older(version);
    if (older !== none) newer[older] = version;
  }
  return newer;
}
