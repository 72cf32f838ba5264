import type { PathTree } from '../index/path-tree.ts';

/** Some files of one layer, of which whole folders become one line. */
export type JoinedPlace = { place: number; files: number; bytes: number; members: number[] };

/** Counts files in folders: how many of them each one has, however deep. */
export class FolderCounts {
  readonly #paths: PathTree;
  readonly #counts = new Map<number, number>();

  constructor(paths: PathTree) {
    this.#paths = paths;
  }

  add(place: number): void {
    for (let at = place; at !== 0; at = this.#paths.parentOf(at)) this.#counts.set(at, (this.#counts.get(at) ?? 0) + 1);
  }

  at(place: number): number {
    return this.#counts.get(place) ?? 0;
  }
}

/**
 * Joins files to the highest folder of which all that the layer wrote is among them (`written` counts that), and names the lowest
 * folder that has them all.
 */
export function joinPlaces(paths: PathTree, files: { place: number; bytes: number }[], written: FolderCounts): JoinedPlace[] {
  const among = new FolderCounts(paths);
  for (const { place } of files) among.add(place);
  const isWhole = (folder: number): boolean => folder !== 0 && among.at(folder) === written.at(folder);
  const joined = new Map<number, JoinedPlace>();
  for (const { place, bytes } of files) {
    let top = place;
    while (isWhole(paths.parentOf(top))) top = paths.parentOf(top);
    const known = joined.get(top);
    if (!known) joined.set(top, { place, files: 1, bytes, members: [place] });
    else {
      known.place = commonFolder(paths, known.place, place);
      known.files++;
      known.bytes += bytes;
      known.members.push(place);
    }
  }
  return [...joined.values()];
}

/** The lowest folder that has both. */
export function commonFolder(paths: PathTree, one: number, other: number): number {
  let [low, high] = [one, other];
  // what is in a folder has a higher number
  while (low !== high) {
    if (low < high) [low, high] = [high, low];
    low = paths.parentOf(low);
  }
  return low;
}
