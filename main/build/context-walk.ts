import { type BigIntStats, lstatSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { linkTargetOf, namesIn, placeIn, sortByBytes } from '../formats/name-bytes.ts';
import { type FileAttributes, readAttributes } from './file-attributes.ts';
import type { IgnorePatterns, ParentMatches } from './ignore-patterns.ts';
import type { PathGlobs } from './path-globs.ts';

/** One file, folder, link, pipe, socket or device of a build context. */
export type ContextEntry = {
  /** Relative to the context, with `/`; a name as of `formats/name-bytes.ts`. */
  path: string;
  /** Where it is on this computer. */
  file: string | Buffer;
  stat: BigIntStats;
  /** Target of a symbolic link, as written; a name, too. */
  linkTarget?: string;
  /** The file's `security.capability` attribute. */
  capabilities?: Buffer;
  /** All extended attributes that docker's cache looks at, the capabilities among them. */
  attributes?: ReadonlyMap<string, Buffer>;
};

export type ContextFilter = {
  /** Where given, only what these cover is sent. */
  include?: PathGlobs;
  exclude?: IgnorePatterns;
  /** The CLI's tarball has an excluded folder's re-included child without the folder; BuildKit wants both. */
  childrenAlone?: boolean;
};

/**
 * Walks a context in the order that every docker client does: depth first, names by their bytes, the root left out.
 * A folder that is itself left out, but not something in it, comes with its first child unless `childrenAlone` says no.
 */
export async function* walkContext(root: string, filter: ContextFilter): AsyncGenerator<ContextEntry> {
  for await (const batch of walkInBatches(root, filter)) yield* batch;
}

/** Entries that are kept back until their attributes are known. */
const mostEarly = 10_000;

/** The same with extended attributes, which another program reads while this one walks. */
export async function* walkWithAttributes(root: string, filter: ContextFilter): AsyncGenerator<ContextEntry[]> {
  const stop = new AbortController();
  let attributes: FileAttributes | undefined;
  const reading = readAttributes(root, (name) => mayHoldWanted(name, filter), stop.signal).then((found) => {
    attributes = found;
    return found;
  });
  reading.catch(() => {}); // awaited below; a failing walk must not leave it unhandled
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

// Names at the top; where something further down is asked for, its folder is wanted.
function mayHoldWanted(name: string, { include, exclude }: ContextFilter): boolean {
  const isLeftOut = exclude?.matches(name) && !exclude.mayReincludeIn(name);
  return !isLeftOut && include?.covers(name) !== 'none';
}

type Inherited = { isIncluded?: boolean; exclude?: ParentMatches };

/** A folder on the way down: what is in it, and how far the walk is. */
type Level = {
  folder: string;
  names: string[];
  next: number;
  inherited: Inherited;
  /** Folders above that are sent only with the first of their children that is. */
  pending: ContextEntry[];
  /** The one of them that this level is the inside of. */
  held?: ContextEntry;
};

/** Entries handed on at once: one by one, each would wait for the next turn. */
const batchSize = 256;
/** Milliseconds that this process may be held up. */
const turn = 8;

/** The same many at a time. */
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
  if (place >= 0) pending?.splice(place, 1); // nothing in it was sent
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

// Asked at once and not through threads: a disk's memory answers in less time than the threads' way there and back takes.
function look(root: string, path: string): ContextEntry | undefined {
  const file = placeIn(root, path);
  const stat = lstatSync(file, { bigint: true, throwIfNoEntry: false });
  if (!stat) return undefined; // gone in the meantime
  return { path, file, stat, ...(stat.isSymbolicLink() && { linkTarget: linkTargetOf(file) }) };
}
