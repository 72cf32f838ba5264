import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { stampOf } from './stamp.ts';

/** How many bytes are read at once. */
const pieceSize = 1024 * 1024;
const piece = Buffer.allocUnsafeSlow(pieceSize);

/**
 * SHA-256 of a file in hex; undefined if the file is gone or has changed since the stamp was taken. Synchronous, so only for a
 * separate thread: for many small files a round trip through the thread pool takes longer than the disk.
 */
export function digestFile(file: string | Uint8Array, stamp: string): string | undefined {
  let opened: number | undefined;
  try {
    opened = openSync(typeof file === 'string' ? file : Buffer.from(file), 'r');
    const hash = createHash('sha256');
    for (let read = readSync(opened, piece, 0, pieceSize, null); read > 0; read = readSync(opened, piece, 0, pieceSize, null)) {
      hash.update(piece.subarray(0, read));
    }
    // the digest is that of the sent content only if nothing has touched the file in between
    return stampOf(fstatSync(opened, { bigint: true })) === stamp ? hash.digest('hex') : undefined;
  } catch {
    return undefined;
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}
