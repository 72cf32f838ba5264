import type { FileDetails, FileEvent } from '../../../../contract/layer-files.ts';
import { nameOf } from '../../../foundation/formats/name-bytes.ts';
import { none } from '../index/path-tree.ts';
import { pathAt, rowOf } from './file-rows.ts';
import type { FileView } from './file-view.ts';
import type { ImageTree } from './image-tree.ts';
import { aspectsOf, factsOf } from './same-file.ts';

/** The most other names of a file that are told. */
const mostNames = 20;

/** Everything about one place of an image, as a view shows it. */
export function detailsOf(view: FileView, place: number): FileDetails {
  const { tree } = view;
  const version = view.shownAt(place);
  const { digest, attributes } = factsOf(tree, version);
  const isFile = version !== none && tree.kindOf(version) === 'file';
  return {
    ...rowOf(view, place),
    path: pathAt(tree, place),
    sameFile: isFile ? otherNames(tree, version, view.order.to) : [],
    ...(isFile && { digest: Buffer.from(digest).toString('hex') }),
    attributes: attributes.length > 0 ? Object.keys(JSON.parse(Buffer.from(attributes).toString()) as object) : [],
    life: lifeOf(tree, place),
  };
}

/** What each layer did to a place. */
function lifeOf(tree: ImageTree, place: number): FileEvent[] {
  const layers = new Set<number>();
  for (let version = tree.newest(place); version !== none; version = tree.older(version)) layers.add(tree.layerOf(version));
  return [...layers].reverse().flatMap((layer): FileEvent[] => {
    const before = layer === 0 ? none : tree.at(place, layer - 1);
    const after = tree.at(place, layer);
    if (before === none && after === none) return [];
    const told = after === none ? before : after;
    const { size, mode, uid, gid } = factsOf(tree, told);
    const isChanged = before !== none && after !== none;
    const aspects = isChanged ? aspectsOf(tree, before, after) : [];
    const change = isChanged ? 'changed' : after === none ? 'removed' : 'added';
    return [{ layer, change, aspects, kind: tree.kindOf(told), size, mode, uid, gid }];
  });
}

function otherNames(tree: ImageTree, version: number, to: number): string[] {
  const placed = tree.fileOf(version);
  const index = placed && tree.layers[placed.layer];
  if (!placed || !index?.hasLinks) return [];
  const names: string[] = [];
  for (let node = 1; node < index.count && names.length < mostNames; node++) {
    if (index.columns.files[node] !== placed.file) continue;
    const other = tree.versionOfNode(placed.layer, node);
    if (other === none || other === version || tree.at(tree.placeOf(other), to) !== other) continue;
    names.push(`/${nameOf(tree.paths.pathOf(tree.placeOf(other)))}`);
  }
  return names;
}
