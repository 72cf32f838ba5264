import type { BigIntStats } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
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
  yield* walkFolder(root, '', filter, {}, []);
}

/** The same with extended attributes, which another program reads while this one walks. */
export async function* walkWithAttributes(root: string, filter: ContextFilter): AsyncGenerator<ContextEntry> {
  const stop = new AbortController();
  let attributes: FileAttributes | undefined;
  const reading = readAttributes(root, (name) => mayHoldWanted(name, filter), stop.signal).then((found) => {
    attributes = found;
    return found;
  });
  reading.catch(() => {}); // awaited below; a failing walk must not leave it unhandled
  const early: ContextEntry[] = [];
  try {
    for await (const entry of walkContext(root, filter)) {
      if (!attributes) {
        early.push(entry);
        continue;
      }
      for (const one of early.splice(0)) yield withAttributes(one, attributes);
      yield withAttributes(entry, attributes);
    }
    const found = await reading;
    for (const one of early) yield withAttributes(one, found);
  } finally {
    stop.abort();
  }
}

function withAttributes(entry: ContextEntry, found: FileAttributes): ContextEntry {
  const attributes = found.get(entry.path);
  const capabilities = attributes?.get('security.capability');
  return attributes ? { ...entry, attributes, ...(capabilities && { capabilities }) } : entry;
}

// Names at the top; where something further down is asked for, its folder is wanted.
function mayHoldWanted(name: string, { include, exclude }: ContextFilter): boolean {
  const isLeftOut = exclude?.matches(name) && !exclude.mayReincludeIn(name);
  return !isLeftOut && (include ? include.mayMatchBelow(name) : true);
}

type Inherited = { include?: ParentMatches; exclude?: ParentMatches };

async function* walkFolder(
  root: string,
  folder: string,
  filter: ContextFilter,
  inherited: Inherited,
  pending: ContextEntry[],
): AsyncGenerator<ContextEntry> {
  for (const { path, file, stat } of await readFolder(root, folder)) {
    const [included, include] = filter.include?.matchesBelow(path, inherited.include) ?? [true, undefined];
    const [excluded, exclude] = filter.exclude?.matchesBelow(path, inherited.exclude) ?? [false, undefined];
    if (stat.isSocket()) continue; // no archive can hold one
    const entry = { path, file, stat, ...(stat.isSymbolicLink() && { linkTarget: await readlink(file) }) };
    const own = { ...(include && { include }), ...(exclude && { exclude }) };
    if (included && !excluded) {
      const parents = pending.splice(0);
      if (!filter.childrenAlone) yield* parents;
      yield entry;
      if (stat.isDirectory()) yield* walkFolder(root, path, filter, own, []);
    } else if (stat.isDirectory() && !(excluded && !filter.exclude?.mayReincludeIn(path))) {
      // not sent itself unless something inside it is
      pending.push(entry);
      yield* walkFolder(root, path, filter, own, pending);
      const place = pending.indexOf(entry);
      if (place >= 0) pending.splice(place, 1);
    }
  }
}

// All of a folder at once: asked for one by one, the answers' way back takes longer than the answers.
async function readFolder(root: string, folder: string): Promise<Pick<ContextEntry, 'path' | 'file' | 'stat'>[]> {
  const names = (await readdir(join(root, folder))).sort(byBytes);
  return Promise.all(
    names.map(async (name) => {
      const path = folder ? `${folder}/${name}` : name;
      const file = join(root, path);
      return { path, file, stat: await lstat(file, { bigint: true }) };
    }),
  );
}

// UTF-8 order, which differs from JavaScript's for some characters outside the basic plane.
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
