import { isUtf8 } from 'node:buffer';
import type { FileBytes } from '../../../../contract/layer-files.ts';

/** Pictures that a page shows without running anything in them. */
const pictures: [type: string, isOne: (start: Buffer) => boolean][] = [
  ['image/png', (start) => start.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))],
  ['image/jpeg', (start) => start.subarray(0, 3).equals(Buffer.of(0xff, 0xd8, 0xff))],
  ['image/gif', (start) => /^GIF8[79]a/.test(start.toString('latin1', 0, 6))],
  ['image/webp', (start) => start.toString('latin1', 0, 4) === 'RIFF' && start.toString('latin1', 8, 12) === 'WEBP'],
  ['image/avif', (start) => start.toString('latin1', 4, 12) === 'ftypavif'],
  ['image/bmp', (start) => start.toString('latin1', 0, 2) === 'BM' && start.length > 26 && start.readUInt32LE(14) === 40],
];

/** What a file looks like, judging by its first bytes and not by its name. */
export function looksLike(start: Buffer): Pick<FileBytes, 'looksLike' | 'picture'> {
  const picture = pictures.find(([, isOne]) => isOne(start))?.[0];
  if (picture) return { looksLike: 'picture', picture };
  return { looksLike: !start.includes(0) && isUtf8(withoutCutLetter(start)) ? 'text' : 'bytes' };
}

/** The last letter may have more bytes than came. */
function withoutCutLetter(bytes: Buffer): Buffer {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    if (length > 1) return length > back ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
}
