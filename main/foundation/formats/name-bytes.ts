import { isUtf8 } from 'node:buffer';
import { type Dirent, readdirSync, readlinkSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { sep } from 'node:path';

// On Linux a file's name is bytes, which need not be UTF-8. Here a byte that isn't becomes a lone surrogate, U+DC80 to
// U+DCFF, as in Python (PEP 383): all names stay text, no two of them become the same, and the bytes can be restored.

const escaped = /[\udc80-\udcff]/u;
const replacement = '\ufffd';

/** Whether a name is plain text, with no escaped bytes. */
export const isText = (name: string): boolean => !escaped.test(name);

/** The text that represents a name. */
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

/** The name for people, with a replacement character for each byte that is not text. */
export const shownName = (name: string): string => name.replace(/[\udc80-\udcff]/gu, replacement);

/** Where a path inside a folder (relative, with `/`) is on this computer, in the form that `node:fs` needs. */
export function placeIn(root: string, path: string): string | Buffer {
  const place = path === '' ? root : `${root}${sep}${path}`;
  return escaped.test(path) ? bytesOf(place) : place;
}

/** The names in a folder. */
export async function namesIn(folder: string | Buffer): Promise<string[]> {
  const names = await readdir(folder, { encoding: 'utf8' });
  return names.some(isUncertain) ? (await readdir(folder, { encoding: 'buffer' })).map(nameOf) : names;
}

/** The entries of a folder, read synchronously: for a separate thread. */
export function entriesInSync(folder: string | Buffer): Dirent[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  if (!entries.some(({ name }) => isUncertain(name))) return entries;
  return readdirSync(folder, { withFileTypes: true, encoding: 'buffer' }).map((entry) =>
    Object.assign(entry, { name: nameOf(entry.name) }),
  );
}

/** What a link points to. */
export function linkTargetOf(file: string | Buffer): string {
  const target = readlinkSync(file);
  return isUncertain(target) ? nameOf(readlinkSync(file, { encoding: 'buffer' })) : target;
}

/** In the order of their bytes, which is that of UTF-16 except outside the basic plane and for bytes that are not text. */
export const sortByBytes = (names: string[]): string[] =>
  names.some((name) => /[\ud800-\udfff]/.test(name)) ? names.sort((a, b) => Buffer.compare(bytesOf(a), bytesOf(b))) : names.sort();

// true as well for a name that contains the replacement character itself
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
