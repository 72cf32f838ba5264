import { hash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path/posix';

/** A file, folder or link as it was in the tarball sent to the classic builder. */
export type SentEntry = {
  /** As written in the tarball; a folder's ends in `/`. */
  name: string;
  typeFlag: '0' | '2' | '5';
  mode: number;
  uid: number;
  gid: number;
  linkName: string;
  content: Buffer;
};

/**
 * The classic builder's digest of one entry (moby's tarsum, version 1). It covers neither the time nor the names of owner and
 * group, whatever the tarball says (measured on 20.10).
 */
export function digestEntry({ name, typeFlag, mode, uid, gid, linkName, content }: SentEntry): string {
  const header = `name${name}mode${mode}uid${uid}gid${gid}size${content.length}typeflag${typeFlag}linkname${linkName}unamegnamedevmajor0devminor0`;
  return hash('sha256', Buffer.concat([Buffer.from(header), content]));
}

/** The digest of a folder's entries. A link counts as its target, and one that leads nowhere as its path. */
export function digestFolder(entries: SentEntry[]): string {
  const byPath = new Map(entries.map((entry) => [pathOf(entry.name), entry]));
  const sums = entries.map((entry) => {
    const target = followLink(entry, byPath);
    return target ? digestEntry(target) : pathOf(entry.name);
  });
  return hash('sha256', sums.sort().join(','));
}

const pathOf = (name: string): string => join('/', name).replace(/^\/|\/$/g, '');

/** Undefined if a link leads nowhere, as far as is known, or in a circle. */
function followLink(entry: SentEntry, byPath: ReadonlyMap<string, SentEntry>): SentEntry | undefined {
  let now: SentEntry | undefined = entry;
  for (let steps = 0; now?.typeFlag === '2'; steps++) {
    if (steps > byPath.size) return undefined;
    // a link cannot lead out of the build folder: "/" is that folder, and ".." stops there
    now = byPath.get(pathOf(resolve('/', dirname(pathOf(now.name)), now.linkName)));
  }
  return now;
}

/** The digest of several sources that one instruction copies, in their order. */
export const digestSeveral = (files: SentEntry[]): string => hash('sha256', files.map((file) => `file:${digestEntry(file)}`).join(','));
