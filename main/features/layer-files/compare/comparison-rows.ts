import type { CompareDetails, ComparedPlace, CompareOrder, CompareRow, FoundDifference, PlaceFacts } from '../../../../contract/compare.ts';
import type { FilePackage, FileRows, FilesPage } from '../../../../contract/layer-files.ts';
import { nameOf } from '../../../foundation/formats/name-bytes.ts';
import { none } from '../index/path-tree.ts';
import type { ImageTree } from '../stack/image-tree.ts';
import { factsOf } from '../stack/same-file.ts';
import type { ComparisonView } from './comparison-view.ts';

/** Lists the pages of a comparison; what was sorted for one page serves for the next. */
export class ComparisonRows {
  readonly view: ComparisonView;
  #sorted: { key: string; places: Uint32Array } | undefined;

  constructor(view: ComparisonView) {
    this.view = view;
  }

  /** What differs in a folder, folders first. */
  folder(folder: number, order: CompareOrder, page: FilesPage): FileRows<CompareRow> {
    const places = this.#once(`${folder} ${order}`, () => sortedChildren(this.view, folder, order));
    return pageOf(places, page, (place) => rowOf(this.view, place));
  }

  /** Everything that differs, in the order of the tree or by how much. */
  found(order: CompareOrder, page: FilesPage): FileRows<FoundDifference> {
    const places = this.#once(`found ${order}`, () => (order === 'name' ? inTreeOrder(this.view) : byDifference(this.view)));
    return pageOf(places, page, (place) => ({ ...rowOf(this.view, place), path: pathAt(this.view, place) }));
  }

  #once(key: string, sort: () => number[]): Uint32Array {
    if (this.#sorted?.key !== key) this.#sorted = { key, places: Uint32Array.from(sort()) };
    return this.#sorted.places;
  }
}

/** Everything about one place. */
export function compareDetailsOf(
  view: ComparisonView,
  place: number,
  packageOf: (tree: ImageTree, place: number) => FilePackage | undefined,
): CompareDetails {
  const { comparison } = view;
  const sideOf = (side: 0 | 1): ComparedPlace | undefined => {
    const tree = side === 0 ? comparison.trees.first : comparison.trees.second;
    const version = place === 0 ? none : comparison.versionAt(place, side);
    if (version === none) return undefined;
    const own = comparison.placeIn(place, side);
    const belongs = packageOf(tree, own);
    return {
      place: own,
      layer: tree.layerOf(version),
      ...(tree.kindOf(version) === 'file' && { digest: Buffer.from(factsOf(tree, version).digest).toString('hex') }),
      ...(belongs && { package: belongs }),
    };
  };
  return { ...rowOf(view, place), path: pathAt(view, place), sides: [sideOf(0), sideOf(1)] };
}

function rowOf(view: ComparisonView, place: number): CompareRow {
  const { comparison } = view;
  const { tree, version } = view.shownAt(place);
  const change = view.changeAt(place);
  return {
    place,
    name: nameOf(comparison.paths.nameOf(place)),
    kind: version === none ? 'folder' : tree.kindOf(version),
    ...(change && { change }),
    aspects: change === 'changed' ? view.aspectsAt(place) : [],
    facts: [
      placeFacts(comparison.trees.first, comparison.versionAt(place, 0)),
      placeFacts(comparison.trees.second, comparison.versionAt(place, 1)),
    ],
    sums: view.sumsAt(place),
    hasMore: hasVisible(view, place),
  };
}

function placeFacts(tree: ImageTree, version: number): PlaceFacts | undefined {
  if (version === none) return undefined;
  const { mode, uid, gid, modified, size, text } = factsOf(tree, version);
  return { kind: tree.kindOf(version), mode, uid, gid, modified, size, ...(text.length > 0 && { link: nameOf(text) }) };
}

/** With a slash at its beginning. */
const pathAt = ({ comparison }: ComparisonView, place: number): string => `/${nameOf(comparison.paths.pathOf(place))}`;

function pageOf<Row>(places: Uint32Array, { first, most }: FilesPage, rowAt: (place: number) => Row): FileRows<Row> {
  return { rows: Array.from(places.subarray(first, first + most), rowAt), total: places.length };
}

function hasVisible(view: ComparisonView, folder: number): boolean {
  const { paths } = view.comparison;
  for (let child = paths.firstChild(folder); child !== 0; child = paths.nextSibling(child)) if (view.isVisible(child)) return true;
  return false;
}

/** How many bytes apart the two images are there, whichever has more. */
function differenceAt(view: ComparisonView, place: number): number {
  const [before, after] = view.sumsAt(place).bytes;
  return Math.abs(after - before);
}

function sortedChildren(view: ComparisonView, folder: number, order: CompareOrder): number[] {
  const { paths } = view.comparison;
  const places: number[] = [];
  for (let child = paths.firstChild(folder); child !== 0; child = paths.nextSibling(child)) if (view.isVisible(child)) places.push(child);
  const facts = new Map(places.map((place) => [place, { isFolder: Number(view.isFolder(place)), bytes: differenceAt(view, place) }]));
  const of = (place: number) => facts.get(place) ?? { isFolder: 0, bytes: 0 };
  const byName = (one: number, other: number) => Buffer.compare(paths.nameOf(one), paths.nameOf(other));
  const foldersFirst = (one: number, other: number) => of(other).isFolder - of(one).isFolder;
  const byBytes = (one: number, other: number) => (order === 'difference' ? of(other).bytes - of(one).bytes : 0);
  return places.sort((one, other) => byBytes(one, other) || foldersFirst(one, other) || byName(one, other));
}

function byDifference(view: ComparisonView): number[] {
  const places: number[] = [];
  for (let place = 1; place < view.comparison.paths.count; place++) if (view.isMatch(place)) places.push(place);
  const bytes = new Map(places.map((place) => [place, differenceAt(view, place)]));
  return places.sort((one, other) => (bytes.get(other) ?? 0) - (bytes.get(one) ?? 0) || one - other);
}

function inTreeOrder(view: ComparisonView): number[] {
  const places: number[] = [];
  const open = [0];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (place !== 0 && view.isMatch(place)) places.push(place);
    for (const child of sortedChildren(view, place, 'name').reverse()) open.push(child);
  }
  return places;
}
