import type { Packing } from '../../../contract/archive.ts';
import { blockSize, isHeader } from '../tar/parse-header.ts';

const magics: [Packing, number[]][] = [
  ['gzip', [0x1f, 0x8b, 0x08]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
];

/** How a file is packed, told by its first bytes. */
export function packedBy(start: Buffer): Exclude<Packing, 'none'> | undefined {
  const found = magics.find(([, magic]) => start.subarray(0, magic.length).equals(Buffer.from(magic)))?.[0];
  if (found && found !== 'none') return found;
  // pzstd begins with a frame to be skipped
  return start.length >= 4 && isSkippableFrame(start.readUInt32LE(0)) ? 'zstd' : undefined;
}

/** Of a tarball, or undefined where the file begins like none. An empty tarball is nothing but zeros. */
export function detectPacking(start: Buffer): Packing | undefined {
  const isTarball = isHeader(start.subarray(0, blockSize)) || (start.length >= blockSize && start.every((byte) => byte === 0));
  return packedBy(start) ?? (isTarball ? 'none' : undefined);
}

/** Whether it is packed with bzip2, told by eight bytes. */
export const isBzip2 = (start: Buffer): boolean => /^BZh[1-9]1AY&/.test(start.toString('latin1', 0, 8));

/** Frames of zstd that hold something else than packed bytes. */
export const isSkippableFrame = (magic: number): boolean => magic >>> 4 === 0x184d2a5;
