import { type BigIntStats, lstatSync, readlinkSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type FileAttributes, readAttributes } from './file-attributes.ts';
import type { IgnorePatterns, ParentMatches } from './ignore-patterns.ts';

/** One file, folder or link of a build context. */
export type ContextEntry = {
  /** Relative to the context, with `/`. */
  path: string;
  /** Where it is on this computer. */
  file: string;
  stat: BigIntStats;
  /** Target of a symbolic link, as written. */
  linkTarget?: string;
  /** The file's `security.capability` attribute. */
  capabilities?: Buffer;
  /** All extended attributes that docker's cache looks at, the capabilities among them. */
  attributes?: ReadonlyMap<string, Buffer>;
};

export type ContextFilter = {
  /** Where given, only what these match is sent. */
  include?: IgnorePatterns;
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
  return !isLeftOut && (include ? include.mayMatchBelow(name) : true);
}

type Inherited = { include?: ParentMatches; exclude?: ParentMatches };

/** A folder on the way down: what is in it, and how far the walk is. */
type Level = {
  children: ContextEntry[];
  next: number;
  inherited: Inherited;
  /** Folders above that are sent only with the first of their children that is. */
  pending: ContextEntry[];
  /** The one of them that this level is the inside of. */
  held?: ContextEntry;
};

/** Entries handed on at once: one by one, each would wait for the next turn. */
const batchSize = 256;

/** The same many at a time. */
export async function* walkInBatches(root: string, filter: ContextFilter): AsyncGenerator<ContextEntry[]> {
  const levels: Level[] = [{ children: await readFolder(root, ''), next: 0, inherited: {}, pending: [] }];
  let batch: ContextEntry[] = [];
  for (let level = levels.at(-1); level; level = levels.at(-1)) {
    const entry = level.children[level.next++];
    if (!entry) {
      levels.pop();
      if (level.held) level.pending.splice(level.pending.indexOf(level.held) >>> 0, 1); // nothing in it was sent
      continue;
    }
    const { isSent, isEntered, inherited } = judge(entry, level.inherited, filter);
    if (isSent) {
      const parents = level.pending.splice(0);
      if (!filter.childrenAlone) batch.push(...parents);
      batch.push(entry);
    }
    if (isEntered) {
      if (!isSent) level.pending.push(entry);
      const [pending, held] = isSent ? [[], {}] : [level.pending, { held: entry }];
      levels.push({ children: await readFolder(root, entry.path), next: 0, inherited, pending, ...held });
    }
    if (batch.length >= batchSize) {
      yield batch;
      batch = [];
    }
  }
  yield batch;
}

function judge({ path, stat }: ContextEntry, above: Inherited, filter: ContextFilter) {
  const [included, include] = filter.include?.matchesBelow(path, above.include) ?? [true, undefined];
  const [excluded, exclude] = filter.exclude?.matchesBelow(path, above.exclude) ?? [false, undefined];
  const isSent = included && !excluded;
  const mayHoldSent = (filter.include?.mayMatchBelow(path) ?? true) && !(excluded && !filter.exclude?.mayReincludeIn(path));
  return {
    isSent,
    isEntered: stat.isDirectory() && (isSent || mayHoldSent),
    inherited: { ...(include && { include }), ...(exclude && { exclude }) },
  };
}

/** Milliseconds that this process may be held up. */
const turn = 8;

// Asked at once and not through threads: a disk's memory answers in less time than the threads' way there and back takes.
async function readFolder(root: string, folder: string): Promise<ContextEntry[]> {
  const names = sortByBytes(await readdir(join(root, folder)));
  const entries: ContextEntry[] = [];
  let since = performance.now();
  for (const name of names) {
    const path = folder ? `${folder}/${name}` : name;
    const file = `${root}${sep}${path}`;
    const stat = lstatSync(file, { bigint: true, throwIfNoEntry: false });
    if (!stat || stat.isSocket()) continue; // gone in the meantime; no archive can hold a socket
    entries.push({ path, file, stat, ...(stat.isSymbolicLink() && { linkTarget: readlinkSync(file) }) });
    if (performance.now() - since < turn) continue;
    await setImmediate();
    since = performance.now();
  }
  return entries;
}

// UTF-8 order, which differs from JavaScript's for characters outside the basic plane only.
const sortByBytes = (names: string[]): string[] =>
  names.some((name) => /[\uD800-\uDFFF]/.test(name)) ? names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))) : names.sort();
