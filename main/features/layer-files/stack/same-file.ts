import type { FileAspect } from '../../../../contract/layer-files.ts';
import type { LayerIndex } from '../index/layer-index.ts';
import { none } from '../index/path-tree.ts';
import type { ImageTree } from './image-tree.ts';

/** How two versions of a place differ, the most important first; empty if nobody could tell them apart. */
export const aspectsOf = (tree: ImageTree, one: number, other: number): FileAspect[] => aspectsBetween(tree, one, tree, other);

/** The same for what two images have at a place. */
export function aspectsBetween(tree: ImageTree, one: number, otherTree: ImageTree, other: number): FileAspect[] {
  const [kind, otherKind] = [tree.kindOf(one), otherTree.kindOf(other)];
  if (kind !== otherKind) return ['kind'];
  const [facts, otherFacts] = [factsOf(tree, one), factsOf(otherTree, other)];
  const aspects: FileAspect[] = [];
  if (!isSame(facts.digest, otherFacts.digest) || facts.size !== otherFacts.size) aspects.push('content');
  if (!isSame(facts.text, otherFacts.text)) aspects.push('link');
  // a link's own mode is nobody's
  if (kind !== 'symlink' && facts.mode !== otherFacts.mode) aspects.push('mode');
  if (facts.uid !== otherFacts.uid || facts.gid !== otherFacts.gid) aspects.push('owner');
  if (!isSame(facts.attributes, otherFacts.attributes)) aspects.push('attributes');
  if (facts.modified !== otherFacts.modified) aspects.push('time');
  return aspects;
}

/** Everything about the file behind a version. */
export type FileFacts = {
  mode: number;
  uid: number;
  gid: number;
  size: number;
  modified: number;
  digest: Uint8Array;
  text: Uint8Array;
  attributes: Uint8Array;
};

const nothing = new Uint8Array(0);
/** As engines make a folder that no member names. */
const implied: FileFacts = { mode: 0o755, uid: 0, gid: 0, size: 0, modified: 0, digest: nothing, text: nothing, attributes: nothing };

export function factsOf(tree: ImageTree, version: number): FileFacts {
  const placed = version === none ? undefined : tree.fileOf(version);
  if (!placed) return implied;
  const { layer, file } = placed;
  const index = tree.layers[layer] as LayerIndex;
  const { modes, uids, gids, sizes, times } = index.columns;
  return {
    mode: modes[file] ?? 0,
    uid: uids[file] ?? 0,
    gid: gids[file] ?? 0,
    size: sizes[file] ?? 0,
    modified: times[file] ?? 0,
    digest: index.digestOf(file),
    text: index.textOf(file),
    attributes: index.attributesOf(file),
  };
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean => one.length === other.length && one.every((byte, at) => byte === other[at]);
