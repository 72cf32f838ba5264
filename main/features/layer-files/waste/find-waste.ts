import type { Waste, WasteItem } from '../../../../contract/layer-files.ts';
import { none } from '../index/path-tree.ts';
import { pathAt } from '../stack/file-rows.ts';
import type { ImageTree } from '../stack/image-tree.ts';
import { findCaches } from './cache-places.ts';
import { commonFolder, FolderCounts, joinPlaces } from './joined-places.ts';
import { type WrittenFile, writtenFiles } from './written-files.ts';

/** The most items told. */
const mostItems = 500;

/**
 * What an image carries for nothing: bytes that a later layer removed or replaced, the same content twice, and what package managers
 * keep. Within a kind no byte is counted twice: a file counts with its own layer's bytes, and once for all of its names. What is removed
 * or replaced is in no other kind. A file in a cache may also be there twice, and is in both kinds then; the total has it once.
 */
export function findWaste(tree: ImageTree): Waste {
  const files = writtenFiles(tree);
  const written = tree.layers.map(() => new FolderCounts(tree.paths));
  for (const { layer, place } of files) written[layer]?.add(place);
  const gone = files.filter(({ by }) => by !== undefined);
  const staying = files.filter(({ by }) => by === undefined);
  const twice = sameContent(tree, staying);
  const caches = inCaches(tree, staying);
  const items = [...goneItems(tree, gone, written), ...twiceItems(tree, twice, written), ...cacheItems(tree, caches)];
  const isTwice = new Set(twice.map(({ file }) => file));
  const alone = caches.filter(({ file }) => !isTwice.has(file));
  const total = sum(gone) + sum(twice.map(({ file }) => file)) + sum(alone.map(({ file }) => file));
  return {
    total,
    count: items.length,
    items: items.sort((one, other) => other.bytes - one.bytes || (one.path < other.path ? -1 : 1)).slice(0, mostItems),
  };
}

const sum = (files: WrittenFile[]): number => files.reduce((total, { bytes }) => total + bytes, 0);

function goneItems(tree: ImageTree, gone: WrittenFile[], written: FolderCounts[]): WasteItem[] {
  const groups = Map.groupBy(gone, ({ layer, by, isRemoved, isSame }) => `${layer} ${by} ${isRemoved} ${isSame}`);
  return [...groups.values()].flatMap((files) => {
    const [{ layer, by, isRemoved, isSame } = files[0] as WrittenFile] = files;
    return joinPlaces(tree.paths, files, written[layer] as FolderCounts).map(
      ({ place, files: count, bytes }): WasteItem => ({
        kind: isRemoved ? 'removed' : 'replaced',
        ...shown(tree, place, count),
        layer,
        ...(by !== undefined && { by }),
        ...(isSame && { isSame }),
        files: count,
        bytes,
      }),
    );
  });
}

type Copy = { file: WrittenFile; first: number };

/** Files whose content is at another place, too, lower or earlier. */
function sameContent(tree: ImageTree, staying: WrittenFile[]): Copy[] {
  const firsts = new Map<string, number>();
  return staying.flatMap((file) => {
    const key = `${Buffer.from(tree.layers[file.layer]?.digestOf(file.file) ?? []).toString('latin1')}${file.bytes}`;
    const first = firsts.get(key);
    if (first !== undefined) return [{ file, first }];
    firsts.set(key, file.place);
    return [];
  });
}

function twiceItems(tree: ImageTree, copies: Copy[], written: FolderCounts[]): WasteItem[] {
  const firstOf = new Map(copies.map(({ file, first }) => [file.place, first]));
  const groups = Map.groupBy(copies, ({ file }) => file.layer);
  return [...groups].flatMap(([layer, group]) =>
    joinPlaces(
      tree.paths,
      group.map(({ file }) => file),
      written[layer] as FolderCounts,
    ).map(({ place, files, bytes, members }): WasteItem => {
      const firsts = members.flatMap((member) => firstOf.get(member) ?? []);
      const first = firsts.reduce((one, other) => commonFolder(tree.paths, one, other));
      return { kind: 'twice', ...shown(tree, place, files), layer, firstPath: pathAt(tree, first), files, bytes };
    }),
  );
}

type Cached = { file: WrittenFile; cache: string; folder: number };

function inCaches(tree: ImageTree, staying: WrittenFile[]): Cached[] {
  const folders = new Map(findCaches(tree).map(({ cache, place }) => [place, cache]));
  return staying.flatMap((file) => {
    for (let at = file.place; at !== 0; at = tree.paths.parentOf(at)) {
      const cache = folders.get(at);
      if (cache !== undefined) return [{ file, cache, folder: at }];
    }
    return [];
  });
}

function cacheItems(tree: ImageTree, cached: Cached[]): WasteItem[] {
  const groups = Map.groupBy(cached, ({ file, folder }) => `${file.layer} ${folder}`);
  return [...groups.values()].flatMap((group) => {
    const [one] = group;
    if (!one) return [];
    const { cache, folder, file } = one;
    const bytes = sum(group.map((each) => each.file));
    return [{ kind: 'cache' as const, ...shown(tree, folder, 2), layer: file.layer, cache, files: group.length, bytes }];
  });
}

/** More than one file are named by their folder. */
const shown = (tree: ImageTree, place: number, files: number) => ({
  place,
  path: pathAt(tree, place),
  isFolder: files > 1 || isFolderAt(tree, place),
});

function isFolderAt(tree: ImageTree, place: number): boolean {
  let version = tree.newest(place);
  while (version !== none && tree.isRemoval(version)) version = tree.older(version);
  return version !== none && tree.isFolder(version);
}
