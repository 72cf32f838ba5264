import { hash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path/posix';

/** A file, folder or link as it stood in the tarball that the classic builder was sent. */
export type SentEntry = {
  /** As written there; ends in `/` for a folder. */
  name: string;
  typeFlag: '0' | '2' | '5';
  mode: number;
  uid: number;
  gid: number;
  linkName: string;
  content: Buffer;
};

/**
 * The classic builder's digest of one entry (moby's tarsum, version 1). Names of owner and group are not in it, whatever the
 * tarball says: measured on 20.10. Neither is the time.
 */
export function digestEntry({ name, typeFlag, mode, uid, gid, linkName, content }: SentEntry): string {
  const header = `name${name}mode${mode}uid${uid}gid${gid}size${content.length}typeflag${typeFlag}linkname${linkName}unamegnamedevmajor0devminor0`;
  return hash('sha256', Buffer.concat([Buffer.from(header), content]));
}

/** Of all entries of a folder. A link counts as what it leads to, and one that leads nowhere as its path. */
export function digestFolder(entries: SentEntry[]): string {
  const byPath = new Map(entries.map((entry) => [pathOf(entry.name), entry]));
  const sums = entries.map((entry) => {
    const target = followed(entry, byPath);
    return target ? digestEntry(target) : pathOf(entry.name);
  });
  return hash('sha256', sums.sort().join(','));
}

const pathOf = (name: string): string => join('/', name).replace(/^\/|\/$/g, '');

/** Undefined where a link leads nowhere, as far as is known, or in a circle. */
function followed(entry: SentEntry, byPath: ReadonlyMap<string, SentEntry>): SentEntry | undefined {
  let now: SentEntry | undefined = entry;
  for (let steps = 0; now?.typeFlag === '2'; steps++) {
    if (steps > byPath.size) return undefined;
    // a link cannot lead out of the folder of the build: "/" is that folder, and ".." ends there
    now = byPath.get(pathOf(resolve('/', dirname(pathOf(now.name)), now.linkName)));
  }
  return now;
}

/** Of several things that one instruction copies, in their order. */
export const digestSeveral = (files: SentEntry[]): string => hash('sha256', files.map((file) => `file:${digestEntry(file)}`).join(','));
