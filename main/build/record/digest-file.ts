import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { stampOf } from './stamp.ts';

/** Bytes that are read at once. */
const pieceSize = 1024 * 1024;
const piece = Buffer.allocUnsafeSlow(pieceSize);

/**
 * SHA-256 of a file in hex; undefined where the file is gone, or is not any more what the stamp was taken of. For a
 * thread of its own: it waits for the disk, as for many small files the way to the system's threads and back is longer.
 */
export function digestFile(file: string | Uint8Array, stamp: string): string | undefined {
  let opened: number | undefined;
  try {
    opened = openSync(typeof file === 'string' ? file : Buffer.from(file), 'r');
    const hash = createHash('sha256');
    for (let read = readSync(opened, piece, 0, pieceSize, null); read > 0; read = readSync(opened, piece, 0, pieceSize, null)) {
      hash.update(piece.subarray(0, read));
    }
    // what was sent and what was read now are the same only if nothing has touched it between
    return stampOf(fstatSync(opened, { bigint: true })) === stamp ? hash.digest('hex') : undefined;
  } catch {
    return undefined;
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}
