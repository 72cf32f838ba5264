import { type Dirent, lstatSync } from 'node:fs';
import type { Amount, ContextFile } from '../../../../contract/context-map.ts';
import type { Builder } from '../../../../contract/engine.ts';
import { entriesInSync, placeIn } from '../../formats/name-bytes.ts';
import type { IgnorePatterns, ParentMatches } from '../ignore-patterns.ts';

/** A folder in the context with everything in it. */
export type MeasuredFolder = { name: string; sent: Amount; left: Amount; folders: MeasuredFolder[]; files: ContextFile[] };

export type Measured = { root: MeasuredFolder; unreadable: string[] };

type Walk = { root: string; exclude: IgnorePatterns; builder: Builder; unreadable: string[] };

/**
 * Measures what a build would send from a folder and what it would leave out. Decides like `walkContext`, but also looks into
 * excluded folders. Blocks its thread, as synchronous calls are what makes it fast.
 */
export function measureContext(root: string, exclude: IgnorePatterns, builder: Builder): Measured {
  const walk = { root, exclude, builder, unreadable: [] };
  const entries = entriesInSync(root); // the chosen folder itself has to be readable
  return { root: measureFolder(walk, '', '', entries, undefined, false), unreadable: walk.unreadable };
}

function measureFolder(
  walk: Walk,
  name: string,
  path: string,
  entries: Dirent[],
  parent: ParentMatches | undefined,
  allLeft: boolean,
): MeasuredFolder {
  const folder: MeasuredFolder = { name, sent: nothing(), left: nothing(), folders: [], files: [] };
  for (const entry of entries) {
    if (entry.isSocket() && walk.builder === 'classic') continue; // no tarball can hold one
    const inner = path ? `${path}/${entry.name}` : entry.name;
    const [excluded, own] = allLeft ? [true, undefined] : walk.exclude.matchesBelow(inner, parent);
    if (!entry.isDirectory()) {
      const file = { name: entry.name, bytes: sizeOf(placeIn(walk.root, inner), entry), isLeft: excluded };
      folder.files.push(file);
      add(excluded ? folder.left : folder.sent, 1, file.bytes);
      continue;
    }
    const nothingComesBack = allLeft || (excluded && !walk.exclude.mayReincludeIn(inner));
    const below = measureFolder(walk, entry.name, inner, listBelow(walk, inner, excluded), own, nothingComesBack);
    folder.folders.push(below);
    add(folder.sent, below.sent.files, below.sent.bytes);
    add(folder.left, below.left.files, below.left.bytes);
  }
  return folder;
}

const nothing = (): Amount => ({ files: 0, bytes: 0 });

function add(amount: Amount, files: number, bytes: number): void {
  amount.files += files;
  amount.bytes += bytes;
}

function listBelow(walk: Walk, path: string, excluded: boolean): Dirent[] {
  try {
    return entriesInSync(placeIn(walk.root, path));
  } catch (error) {
    // a folder that is gone by now or is left out anyway cannot fail a build
    if (!excluded && (error as NodeJS.ErrnoException).code !== 'ENOENT') walk.unreadable.push(path);
    return [];
  }
}

// a link is sent as a link, so its target does not count
function sizeOf(file: string | Buffer, entry: Dirent): number {
  if (!entry.isFile()) return 0;
  return lstatSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
