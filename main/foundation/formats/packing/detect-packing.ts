import type { Packing } from '../../../../contract/archive.ts';
import { blockSize, isHeader } from '../tar/parse-header.ts';

const magics: [Packing, number[]][] = [
  ['gzip', [0x1f, 0x8b, 0x08]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
];

/** How a file is packed, judging by its first bytes. */
export function packedBy(start: Buffer): Exclude<Packing, 'none'> | undefined {
  const found = magics.find(([, magic]) => start.subarray(0, magic.length).equals(Buffer.from(magic)))?.[0];
  if (found && found !== 'none') return found;
  // the digit is its block size; what follows begins the first block, or ends a file without any
  if (/^BZh[1-9]/.test(start.toString('latin1', 0, 4)) && ['1AY&', '\x17rE8'].includes(start.toString('latin1', 4, 8))) return 'bzip2';
  // pzstd begins with a skippable frame
  return start.length >= 4 && isSkippableFrame(start.readUInt32LE(0)) ? 'zstd' : undefined;
}

/** The packing of a tarball, or undefined if the file does not begin like one. An empty tarball is nothing but zeros. */
export function detectPacking(start: Buffer): Packing | undefined {
  const isTarball = isHeader(start.subarray(0, blockSize)) || (start.length >= blockSize && start.every((byte) => byte === 0));
  return packedBy(start) ?? (isTarball ? 'none' : undefined);
}

/** Zstd frames that hold something other than packed bytes. */
export const isSkippableFrame = (magic: number): boolean => magic >>> 4 === 0x184d2a5;
