import { nameOf } from '../../../foundation/formats/name-bytes.ts';
import type { InstalledPackage } from './file-packages.ts';
import { SqliteFile } from './sqlite-table.ts';

/** Numbers of what a package's header says (rpm's rpmtag.h). */
const tags = { name: 1000, version: 1001, release: 1002, epoch: 1003, folderOf: 1116, baseNames: 1117, folders: 1118 };

/** The most bytes of headers that are read: four times as many as a database may have. */
const mostRead = 256 * 1024 ** 2;

/** Packages in rpm's database, a SQLite file with a header for each of them, with their files. What is damaged in it is left out. */
export function readRpm(database: Buffer): { installed: InstalledPackage; files: string[] }[] {
  const found: { installed: InstalledPackage; files: string[] }[] = [];
  let left = mostRead;
  try {
    for (const row of new SqliteFile(database).rowsOf('Packages')) {
      const header = row.at(-1);
      if (!(header instanceof Buffer)) continue;
      // rows of a made-up file may all lead to the same bytes
      left -= header.length;
      if (left < 0) break;
      const read = readHeader(header);
      if (read) found.push(read);
    }
  } catch (error) {
    // Node throws these for a place outside of the bytes
    if (!(error instanceof RangeError)) throw error;
  }
  return found;
}

/** Two numbers, entries of 16 bytes (tag, type, offset, count), and what they point to. */
function readHeader(bytes: Buffer): { installed: InstalledPackage; files: string[] } | undefined {
  const count = bytes.readUInt32BE(0);
  const data = bytes.subarray(8 + 16 * count, 8 + 16 * count + bytes.readUInt32BE(4));
  const entries = new Map<number, { offset: number; count: number }>();
  for (let at = 8; at < 8 + 16 * count; at += 16) {
    entries.set(bytes.readUInt32BE(at), { offset: bytes.readUInt32BE(at + 8), count: bytes.readUInt32BE(at + 12) });
  }
  const texts = (tag: number): string[] => {
    const entry = entries.get(tag);
    const all: string[] = [];
    let from = entry?.offset ?? 0;
    while (entry && all.length < entry.count && from < data.length) {
      const end = data.indexOf(0, from);
      if (end < 0) break;
      all.push(nameOf(data.subarray(from, end)));
      from = end + 1;
    }
    return all;
  };
  const number = (tag: number, at = 0): number | undefined => {
    const entry = entries.get(tag);
    return entry && at < entry.count ? data.readUInt32BE(entry.offset + 4 * at) : undefined;
  };
  const [name, version, release] = [tags.name, tags.version, tags.release].map((tag) => texts(tag)[0]);
  if (!name || !version) return undefined;
  const epoch = number(tags.epoch);
  const folders = texts(tags.folders);
  const files = texts(tags.baseNames).map((base, at) => `${folders[number(tags.folderOf, at) ?? -1] ?? '/'}${base}`);
  const whole = `${epoch ? `${epoch}:` : ''}${version}${release ? `-${release}` : ''}`;
  return { installed: { manager: 'rpm', name, version: whole }, files };
}
