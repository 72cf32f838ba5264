import { type BigIntStats, lstatSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { linkTargetOf, namesIn, placeIn, sortByBytes } from '../formats/name-bytes.ts';
import { type FileAttributes, readAttributes } from './file-attributes.ts';
import type { IgnorePatterns, ParentMatches } from './ignore-patterns.ts';
import type { PathGlobs } from './path-globs.ts';

/** One file, folder, link, pipe, socket or device of a build context. */
export type ContextEntry = {
  /** Relative to the context, with `/`; a name as in `formats/name-bytes.ts`. */
  path: string;
  /** Where it is on this computer. */
  file: string | Buffer;
  stat: BigIntStats;
  /** Target of a symbolic link, as written; also such a name. */
  linkTarget?: string;
  /** The file's `security.capability` attribute. */
  capabilities?: Buffer;
  /** All extended attributes that docker's cache depends on, including the capabilities. */
  attributes?: ReadonlyMap<string, Buffer>;
};

export type ContextFilter = {
  /** If given, only what these cover is sent. */
  include?: PathGlobs;
  exclude?: IgnorePatterns;
  /** Leaves out an excluded folder whose child is included again, as docker's tarball does; BuildKit wants both. */
  childrenAlone?: boolean;
};

/**
 * Walks a context in the same order as every docker client: depth first, names sorted by bytes, without the root. An excluded
 * folder with something included in it comes with the first such child, unless `childrenAlone` is set.
 */
export async function* walkContext(root: string, filter: ContextFilter): AsyncGenerator<ContextEntry> {
  for await (const batch of walkInBatches(root, filter)) yield* batch;
}

/** The most entries to hold back until their attributes are known. */
const mostEarly = 10_000;

/** The same in batches, with extended attributes, which another program reads during the walk. */
export async function* walkWithAttributes(root: string, filter: ContextFilter): AsyncGenerator<ContextEntry[]> {
  const stop = new AbortController();
  let attributes: FileAttributes | undefined;
  const reading = readAttributes(root, (name) => mayHoldWanted(name, filter), stop.signal).then((found) => {
    attributes = found;
    return found;
  });
  reading.catch(() => {}); // awaited below; a failing walk must not leave the rejection unhandled
  const early: ContextEntry[] = [];
  try {
    for await (const batch of walkInBatches(root, filter)) {
      early.push(...batch);
      if (early.length > mostEarly) attributes = await reading;
      if (attributes) yield withAttributes(early.splice(0), attributes);
    }
    yield withAttributes(early, await reading);
  } finally {
    stop.abort();
  }
}

function withAttributes(entries: ContextEntry[], found: FileAttributes): ContextEntry[] {
  if (found.size === 0) return entries;
  return entries.map((entry) => {
    const attributes = found.get(entry.path);
    const capabilities = attributes?.get('security.capability');
    return attributes ? { ...entry, attributes, ...(capabilities && { capabilities }) } : entry;
  });
}

// for names at the top: if something further down is wanted, so is its folder
function mayHoldWanted(name: string, { include, exclude }: ContextFilter): boolean {
  const isLeftOut = exclude?.matches(name) && !exclude.mayReincludeIn(name);
  return !isLeftOut && include?.covers(name) !== 'none';
}

type Inherited = { isIncluded?: boolean; exclude?: ParentMatches };

/** A folder on the way down: its names, and how far the walk has come. */
type Level = {
  folder: string;
  names: string[];
  next: number;
  inherited: Inherited;
  /** Folders above that are sent only when one of their children is, just before it. */
  pending: ContextEntry[];
  /** The one of them that this level lists. */
  held?: ContextEntry;
};

/** Entries in a batch: handed on one by one, each would wait for the next turn of the event loop. */
const batchSize = 256;
/** Milliseconds for which this process may be blocked. */
const turn = 8;

/** The same in batches. */
export async function* walkInBatches(root: string, filter: ContextFilter): AsyncGenerator<ContextEntry[]> {
  const levels: Level[] = [{ folder: '', names: sortByBytes(await namesIn(root)), next: 0, inherited: {}, pending: [] }];
  const batch: ContextEntry[] = [];
  let since = performance.now();
  for (let level = levels.at(-1); level; level = levels.at(-1)) {
    const name = level.names[level.next++];
    if (name === undefined) leave(levels);
    const entry = name === undefined ? undefined : look(root, level.folder ? `${level.folder}/${name}` : name);
    if (entry) {
      const { isSent, isEntered, inherited } = judge(entry, level.inherited, filter);
      if (isSent) batch.push(...(filter.childrenAlone ? [] : level.pending), entry);
      if (isSent) level.pending.splice(0);
      if (isEntered) {
        if (!isSent) level.pending.push(entry);
        const inside = { folder: entry.path, names: sortByBytes(await namesIn(entry.file)), next: 0, inherited };
        levels.push(isSent ? { ...inside, pending: [] } : { ...inside, pending: level.pending, held: entry });
      }
    }
    const isLate = performance.now() - since > turn;
    if (batch.length >= batchSize || isLate) yield batch.splice(0);
    if (!isLate) continue;
    await setImmediate();
    since = performance.now();
  }
  yield batch;
}

function leave(levels: Level[]): void {
  const { held, pending } = levels.pop() ?? {};
  const place = held ? (pending?.indexOf(held) ?? -1) : -1;
  if (place >= 0) pending?.splice(place, 1); // nothing in the folder was sent
}

function judge({ path, stat }: ContextEntry, above: Inherited, filter: ContextFilter) {
  const coverage = above.isIncluded ? 'all' : (filter.include?.covers(path) ?? 'all');
  const isIncluded = coverage === 'all';
  const [excluded, exclude] = filter.exclude?.matchesBelow(path, above.exclude) ?? [false, undefined];
  const isSent = isIncluded && !excluded;
  const mayHoldSent = coverage !== 'none' && !(excluded && !filter.exclude?.mayReincludeIn(path));
  return {
    isSent,
    isEntered: stat.isDirectory() && (isSent || mayHoldSent),
    inherited: { isIncluded, ...(exclude && { exclude }) },
  };
}

// synchronous on purpose: the disk cache answers faster than a round trip through the thread pool
function look(root: string, path: string): ContextEntry | undefined {
  const file = placeIn(root, path);
  const stat = lstatSync(file, { bigint: true, throwIfNoEntry: false });
  if (!stat) return undefined; // gone in the meantime
  return { path, file, stat, ...(stat.isSymbolicLink() && { linkTarget: linkTargetOf(file) }) };
}
