import { isUtf8 } from 'node:buffer';
import { type Dirent, readdirSync, readlinkSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { sep } from 'node:path';

// On Linux the name of a file is bytes, which need not be UTF-8. Here a byte that is none becomes a lone surrogate, U+DC80 to
// U+DCFF, as Python does it (PEP 383): all names stay text, no two of them become the same, and the bytes can be had back.

const escaped = /[\udc80-\udcff]/u;
const replacement = '\ufffd';

/** Whether a name is text as it stands. */
export const isText = (name: string): boolean => !escaped.test(name);

/** The text that stands for a name. */
export function nameOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
  return text.includes(replacement) ? decode(bytes) : text;
}

/** The bytes of a name. */
export function bytesOf(name: string): Buffer {
  if (!escaped.test(name)) return Buffer.from(name);
  const parts = name.split(/([\udc80-\udcff])/u);
  return Buffer.concat(parts.map((part, place) => (place % 2 === 0 ? Buffer.from(part) : Buffer.of(part.charCodeAt(0) - 0xdc00))));
}

/** The name with a sign in the place of each byte that is no text, for people. */
export const shownName = (name: string): string => name.replace(/[\udc80-\udcff]/gu, replacement);

/** Where a path of a folder (relative, with `/`) is on this computer, in the form that `node:fs` needs for it. */
export function placeIn(root: string, path: string): string | Buffer {
  const place = path === '' ? root : `${root}${sep}${path}`;
  return escaped.test(path) ? bytesOf(place) : place;
}

/** The names in a folder. */
export async function namesIn(folder: string | Buffer): Promise<string[]> {
  const names = await readdir(folder, { encoding: 'utf8' });
  return names.some(isUncertain) ? (await readdir(folder, { encoding: 'buffer' })).map(nameOf) : names;
}

/** The entries of a folder, asked at once: for a thread of its own. */
export function entriesInSync(folder: string | Buffer): Dirent[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  if (!entries.some(({ name }) => isUncertain(name))) return entries;
  return readdirSync(folder, { withFileTypes: true, encoding: 'buffer' }).map((entry) =>
    Object.assign(entry, { name: nameOf(entry.name) }),
  );
}

/** What a link says. */
export function linkTargetOf(file: string | Buffer): string {
  const target = readlinkSync(file);
  return isUncertain(target) ? nameOf(readlinkSync(file, { encoding: 'buffer' })) : target;
}

/** The order of the bytes, which is that of UTF-16 but for what lies outside the basic plane or is no text. */
export const sortByBytes = (names: string[]): string[] =>
  names.some((name) => /[\ud800-\udfff]/.test(name)) ? names.sort((a, b) => Buffer.compare(bytesOf(a), bytesOf(b))) : names.sort();

// also a name that has the sign itself
const isUncertain = (name: string): boolean => name.includes(replacement);

function decode(bytes: Uint8Array): string {
  let name = '';
  for (let place = 0; place < bytes.length; ) {
    const first = bytes[place] as number;
    const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    const piece = bytes.subarray(place, place + length);
    const isText = piece.length === length && isUtf8(piece);
    name += isText ? Buffer.from(piece).toString() : String.fromCharCode(0xdc00 + first);
    place += isText ? length : 1;
  }
  return name;
}
