import type { FileOrder, FileRow, FileRows, FilesPage, FoundRow } from '../../../../contract/layer-files.ts';
import { nameOf } from '../../../foundation/formats/name-bytes.ts';
import { none } from '../index/path-tree.ts';
import type { FileView } from './file-view.ts';
import type { ImageTree } from './image-tree.ts';
import { factsOf } from './same-file.ts';

/** Lists the pages of a view; what was sorted for one page serves for the next. */
export class FileRowLists {
  readonly view: FileView;
  #sorted: { key: string; places: Uint32Array } | undefined;

  constructor(view: FileView) {
    this.view = view;
  }

  /** What the view shows in a folder, folders first. */
  folder(folder: number, order: FileOrder, page: FilesPage): FileRows {
    const places = this.#once(`${folder} ${order}`, () => sortedChildren(this.view, folder, order));
    return pageOf(places, page, (place) => rowOf(this.view, place));
  }

  /** Every place that the view itself shows, in the order of the tree or by size. */
  found(order: FileOrder, page: FilesPage): FileRows<FoundRow> {
    const places = this.#once(`found ${order}`, () => (order === 'size' ? bySize(this.view) : inTreeOrder(this.view)));
    return pageOf(places, page, (place) => ({ ...rowOf(this.view, place), path: pathAt(this.view.tree, place) }));
  }

  #once(key: string, sort: () => Uint32Array): Uint32Array {
    if (this.#sorted?.key !== key) this.#sorted = { key, places: sort() };
    return this.#sorted.places;
  }
}

export function rowOf(view: FileView, place: number): FileRow {
  const { tree } = view;
  const version = view.shownAt(place);
  const { mode, uid, gid, modified, size, text } = factsOf(tree, version);
  const change = view.changeAt(place);
  return {
    place,
    name: nameOf(tree.paths.nameOf(place)),
    kind: version === none ? 'folder' : tree.kindOf(version),
    ...(change && { change }),
    mode,
    uid,
    gid,
    modified,
    size,
    ...(text.length > 0 && { link: nameOf(text) }),
    sums: view.sumsAt(place),
    hasMore: hasVisible(view, place),
  };
}

/** With a slash at its beginning. */
export const pathAt = (tree: ImageTree, place: number): string => `/${nameOf(tree.paths.pathOf(place))}`;

function pageOf<Row>(places: Uint32Array, { first, most }: FilesPage, rowAt: (place: number) => Row): FileRows<Row> {
  return { rows: Array.from(places.subarray(first, first + most), rowAt), total: places.length };
}

function hasVisible(view: FileView, folder: number): boolean {
  const { paths } = view.tree;
  for (let child = paths.firstChild(folder); child !== 0; child = paths.nextSibling(child)) if (view.isVisible(child)) return true;
  return false;
}

function sortedChildren(view: FileView, folder: number, order: FileOrder): Uint32Array {
  const { paths } = view.tree;
  const places: number[] = [];
  for (let child = paths.firstChild(folder); child !== 0; child = paths.nextSibling(child)) if (view.isVisible(child)) places.push(child);
  const isFolder = (place: number): boolean => {
    const version = view.shownAt(place);
    return version === none || view.tree.isFolder(version);
  };
  const byName = (one: number, other: number): number => Buffer.compare(paths.nameOf(one), paths.nameOf(other));
  const bytesAt = (place: number): number => {
    const { bytes, removedBytes } = view.sumsAt(place);
    return bytes + removedBytes;
  };
  const folders = new Map(places.map((place) => [place, isFolder(place)]));
  const foldersFirst = (one: number, other: number): number => Number(folders.get(other)) - Number(folders.get(one));
  return Uint32Array.from(
    order === 'size'
      ? places.sort((one, other) => bytesAt(other) - bytesAt(one) || foldersFirst(one, other) || byName(one, other))
      : places.sort((one, other) => foldersFirst(one, other) || byName(one, other)),
  );
}

function bySize(view: FileView): Uint32Array {
  const places: number[] = [];
  for (let place = 1; place < view.tree.paths.count; place++) if (view.isMatch(place)) places.push(place);
  const sizes = new Map(places.map((place) => [place, view.tree.sizeOf(view.shownAt(place))]));
  return Uint32Array.from(places.sort((one, other) => (sizes.get(other) ?? 0) - (sizes.get(one) ?? 0) || one - other));
}

function inTreeOrder(view: FileView): Uint32Array {
  const places: number[] = [];
  const open = [0];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (place !== 0 && view.isMatch(place)) places.push(place);
    open.push(...sortedChildren(view, place, 'name').reverse());
  }
  return Uint32Array.from(places);
}
