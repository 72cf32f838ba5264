import { open, stat } from 'node:fs/promises';
import type { Packing } from '../../../../contract/archive.ts';
import { detectPacking } from './detect-packing.ts';

/** A file that was examined before it is read. Plain data: it is passed on, also to threads, so that nobody has to look again. */
export type LookedAt = {
  path: string;
  /** Bytes. */
  size: number;
  /** The first bytes, which tell its kind. */
  start: Uint8Array;
  /** How a tarball is packed; undefined if the file does not begin like one. */
  packing: Packing | undefined;
};

/** A file that begins like a tarball. */
export type Tarball = LookedAt & { packing: Packing };

const startSize = 16 * 1024;

/** Examines a file. Rejects with the system's error. */
export async function lookAtFile(path: string): Promise<LookedAt> {
  const { size } = await stat(path);
  // a pipe may never have anything to read
  if (size === 0) return { path, size, start: Buffer.alloc(0), packing: undefined };
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(startSize), 0, startSize, 0);
    const start = buffer.subarray(0, bytesRead);
    return { path, size, start, packing: detectPacking(start) };
  } finally {
    await file.close();
  }
}
