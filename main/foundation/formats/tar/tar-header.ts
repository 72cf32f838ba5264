// Tarball headers as docker writes them (POSIX ustar and pax). The available libraries cut the mode to its lowest twelve
// bits, take a mode of zero for a missing one, and write attributes as text; docker's cache notices each of these.

import { bytesOf } from '../name-bytes.ts';

export type TarEntry = {
  /** In the form of `name-bytes.ts`, like `linkName`. Ends in `/` for a folder. */
  name: string;
  kind: 'file' | 'hard-link' | 'symlink' | 'character-device' | 'block-device' | 'folder' | 'fifo';
  mode: number;
  size: number;
  /** Whole seconds since 1970. */
  modified: number;
  linkName?: string;
  /** The number of the user that it belongs to; without it, root. */
  owner?: number;
  device?: { major: number; minor: number };
  attributes?: ReadonlyMap<string, Buffer>;
};

const block = 512;
const typeFlags: Record<TarEntry['kind'], string> = {
  file: '0',
  'hard-link': '1',
  symlink: '2',
  'character-device': '3',
  'block-device': '4',
  folder: '5',
  fifo: '6',
};
/** The largest number that fits into eleven octal digits. */
const largestOctal = 0o77777777777;

/** The header of one entry, preceded by a pax header with what does not fit into it. */
export function tarHeader(entry: TarEntry): Buffer {
  const records = paxRecords(entry);
  const own = ustarHeader(entry, typeFlags[entry.kind]);
  if (records.length === 0) return own;
  const body = Buffer.concat(records);
  const { modified } = entry;
  const before = ustarHeader({ name: 'PaxHeaders.0/entry', kind: 'file', mode: 0o644, size: body.length, modified }, 'x');
  return Buffer.concat([before, body, tarPadding(body.length), own]);
}

/** What fills up the last block after that many bytes. */
export const tarPadding = (size: number): Buffer => zeros.subarray(0, (block - (size % block)) % block);

/** What a tarball ends with. */
export const tarEnd = (): Buffer => zeros;

const zeros = Buffer.alloc(2 * block);

function paxRecords({ name, linkName, size, modified, attributes }: TarEntry): Buffer[] {
  return [
    ...(fits(name) ? [] : [paxRecord('path', bytesOf(name))]),
    ...(linkName === undefined || fits(linkName) ? [] : [paxRecord('linkpath', bytesOf(linkName))]),
    ...(size <= largestOctal ? [] : [paxRecord('size', Buffer.from(String(size)))]),
    ...(modified >= 0 && modified <= largestOctal ? [] : [paxRecord('mtime', Buffer.from(String(modified)))]),
    ...[...(attributes ?? [])].map(([key, value]) => paxRecord(`SCHILY.xattr.${key}`, value)),
  ];
}

const fits = (name: string): boolean => name.length <= 100 && /^[\x20-\x7e]*$/.test(name);

/** "<length> key=value\n", whose length includes its own digits. */
function paxRecord(key: string, value: Buffer): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${key}=`), value, Buffer.from('\n')]);
  let length = rest.length;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

function ustarHeader({ name, mode, size, modified, linkName = '', owner = 0, device }: TarEntry, typeFlag: string): Buffer {
  const header = Buffer.alloc(block);
  header.write(name, 0, 100);
  header.write(octal(mode, 7), 100);
  header.write(octal(owner, 7), 108);
  header.write(octal(0, 7), 116);
  header.write(octal(size <= largestOctal ? size : 0, 11), 124);
  header.write(octal(Math.min(Math.max(modified, 0), largestOctal), 11), 136);
  header.write('        ', 148);
  header.write(typeFlag, 156);
  header.write(linkName, 157, 100);
  header.write('ustar\u000000', 257);
  if (device) {
    header.write(octal(device.major, 7), 329);
    header.write(octal(device.minor, 7), 337);
  }
  let sum = 0;
  for (const byte of header) sum += byte;
  header.write(`${octal(sum, 6)}\0 `, 148);
  return header;
}

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');
