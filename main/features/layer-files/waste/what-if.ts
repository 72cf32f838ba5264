import type { LayerSize, RemovedInStep, WhatIf } from '../../../../contract/layer-files.ts';
import { blockSize } from '../../../foundation/formats/tar/parse-header.ts';
import { type LayerIndex, marks } from '../index/layer-index.ts';
import { none } from '../index/path-tree.ts';
import type { ImageTree } from '../stack/image-tree.ts';
import { aspectsOf } from '../stack/same-file.ts';

/**
 * What the layers would be if the steps that made them had removed some places themselves, at their end. The layers are stacked anew
 * without these files, and every byte of their tarballs is counted: headers, contents and what pads them. A removal by a later layer of
 * what is then not there any more goes, too, with the folders that are in that layer only because of it.
 */
export function whatIf(tree: ImageTree, removed: RemovedInStep[]): WhatIf {
  const left = new LeftOut(tree);
  for (const [layer, places] of Map.groupBy(removed, (one) => one.layer)) left.remove(layer, new Set(places.map(({ place }) => place)));
  const layers = tree.layers.flatMap((_, layer) => left.changeOf(layer) ?? []);
  return { layers, saved: layers.reduce((sum, { before, after }) => sum + before.bytes - after.bytes, 0) };
}

class LeftOut {
  readonly #tree: ImageTree;
  /** By layer and node: whether it would not be in the layer. */
  readonly #isOut: Uint8Array[];
  /** By layer: removals that it would have in addition. */
  readonly #added: number[];

  constructor(tree: ImageTree) {
    this.#tree = tree;
    this.#isOut = tree.layers.map(({ count }) => new Uint8Array(count));
    this.#added = tree.layers.map(() => 0);
  }

  remove(layer: number, places: ReadonlySet<number>): void {
    const tree = this.#tree;
    const own = tree.layers[layer];
    const isOut = this.#isOut[layer];
    if (!own || !isOut) return;
    const isIn = this.#placesIn(places);
    const placeOf = placesOfNodes(tree, layer);
    for (let node = 1; node < own.count; node++) {
      // what it takes away of layers below stays away
      if (isIn[placeOf[node] ?? 0] && own.columns.files[node] !== none) isOut[node] = 1;
    }
    for (const place of places) if (this.#hidesMore(layer, place, placeOf)) this.#added[layer] = (this.#added[layer] ?? 0) + 1;
    for (let above = layer + 1; above < tree.layers.length; above++) this.#forgetRemovals(layer, above, isIn);
  }

  changeOf(layer: number): WhatIf['layers'][number] | undefined {
    const index = this.#tree.layers[layer] as LayerIndex;
    const isOut = this.#isOut[layer] as Uint8Array;
    const before = sizeOf(index, () => true);
    const after = sizeOf(index, (node) => !isOut[node]);
    const added = (this.#added[layer] ?? 0) * blockSize;
    const files = isOut.reduce((sum, out, node) => sum + (out && isFile(index, node) ? 1 : 0), 0);
    const tarball = index.tarball - before.tarball + after.tarball + added;
    const isLeast = Uint8Array.from(isOut);
    this.#forgetFolders(layer, isLeast);
    const leastTarball = index.tarball - before.tarball + sizeOf(index, (node) => !isLeast[node]).tarball + added;
    if (tarball === index.tarball && before.bytes === after.bytes) return undefined;
    if (index.isListed) return { layer, files, before: { bytes: before.bytes }, after: { bytes: after.bytes } };
    return { layer, files, before: { bytes: before.bytes, tarball: index.tarball }, after: { bytes: after.bytes, tarball }, leastTarball };
  }

  #placesIn(places: ReadonlySet<number>): Uint8Array {
    const { paths } = this.#tree;
    const isIn = new Uint8Array(paths.count);
    for (let place = 1; place < paths.count; place++) if (places.has(place) || isIn[paths.parentOf(place)]) isIn[place] = 1;
    return isIn;
  }

  /** Whether the layer has to hide what is below, and does not do so yet. */
  #hidesMore(layer: number, place: number, placeOf: Uint32Array): boolean {
    const tree = this.#tree;
    if (layer === 0 || tree.at(place, layer - 1) === none) return false;
    const node = placeOf.indexOf(place);
    return node < 0 || !((tree.layers[layer]?.columns.marks[node] ?? 0) & marks.hides);
  }

  /** Removals by a higher layer of what only that one layer had. */
  #forgetRemovals(layer: number, above: number, isIn: Uint8Array): void {
    const tree = this.#tree;
    const index = tree.layers[above] as LayerIndex;
    const isOut = this.#isOut[above] as Uint8Array;
    const placeOf = placesOfNodes(tree, above);
    let hasForgotten = false;
    for (let node = 1; node < index.count; node++) {
      const place = placeOf[node] ?? 0;
      const isRemoval = index.columns.files[node] === none && (index.columns.marks[node] ?? 0) & marks.hides;
      if (!isRemoval || !isIn[place]) continue;
      // something else may still be there to remove
      const below = tree.at(place, above - 1);
      const isOnlyThere = below === none || (tree.layerOf(below) === layer && (layer === 0 || tree.at(place, layer - 1) === none));
      if (!isOnlyThere) continue;
      isOut[node] = 1;
      hasForgotten = true;
    }
    if (hasForgotten) this.#forgetFolders(above, isOut);
  }

  /** Folders that are in a layer only because something in them was removed. */
  #forgetFolders(layer: number, isOut: Uint8Array): void {
    const tree = this.#tree;
    const index = tree.layers[layer] as LayerIndex;
    const hasMore = new Uint8Array(index.count);
    const hadRemoval = new Uint8Array(index.count);
    for (let node = index.count - 1; node > 0; node--) {
      const parent = index.columns.parents[node] ?? 0;
      if (!isOut[node] && index.isThere(node) && hadRemoval[node] && !hasMore[node] && this.#isOnlyTouched(layer, node)) isOut[node] = 1;
      if (isOut[node]) hadRemoval[parent] = 1;
      else if (index.isThere(node)) hasMore[parent] = 1;
    }
  }

  #isOnlyTouched(layer: number, node: number): boolean {
    const tree = this.#tree;
    const version = tree.versionOfNode(layer, node);
    if (version === none || !tree.isFolder(version) || tree.layers[layer]?.columns.marks[node] !== 0) return false;
    const before = tree.at(tree.placeOf(version), layer - 1);
    return before !== none && aspectsOf(tree, before, version).every((aspect) => aspect === 'time');
  }
}

/** The place of each node of a layer; 0 for a node that is nothing. */
function placesOfNodes(tree: ImageTree, layer: number): Uint32Array {
  const index = tree.layers[layer] as LayerIndex;
  const places = new Uint32Array(index.count);
  for (let node = 1; node < index.count; node++) {
    const parent = index.columns.parents[node] ?? 0;
    if (parent !== 0 && places[parent] === 0) continue;
    const place = tree.paths.find(places[parent] ?? 0, index.nameOf(node));
    places[node] = place === none ? 0 : place;
  }
  return places;
}

const isFile = (index: LayerIndex, node: number): boolean => {
  const file = index.columns.files[node] ?? none;
  return file !== none && index.kindOf(file) !== 'folder';
};

/** Bytes of files, and all bytes that they take in the tarball. */
function sizeOf(index: LayerIndex, isThere: (node: number) => boolean): Required<LayerSize> {
  const { files, headers, marks: marked, sizes } = index.columns;
  const isCounted = new Uint8Array(index.fileCount);
  const sum: Required<LayerSize> = { bytes: 0, tarball: 0 };
  for (let node = 0; node < index.count; node++) {
    if (!isThere(node)) continue;
    const file = files[node] ?? none;
    const mark = marked[node] ?? 0;
    // each mark has a member of its own
    const marking = (mark & marks.hidesContent ? 1 : 0) + (mark & marks.hides && file !== none ? 1 : 0);
    sum.tarball += ((headers[node] ?? 0) + marking) * blockSize;
    if (file === none || isCounted[file]) continue;
    isCounted[file] = 1;
    const size = sizes[file] ?? 0;
    sum.bytes += size;
    sum.tarball += Math.ceil(size / blockSize) * blockSize;
  }
  return sum;
}
