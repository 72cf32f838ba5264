import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { Tarball } from '../formats/packing/look-at-file.ts';
import { unpackFile } from '../formats/packing/unpack-file.ts';
import { cutOff } from '../formats/refused-archive.ts';
import { fillHoles } from '../formats/tar/fill-holes.ts';

/** Where parts are read from; with `hasFilled`, positions count holes that were filled. Plain data: it crosses threads. */
export type PartSource = { tarball: Tarball; hasFilled: boolean };

/** The bytes of a part of a tarball; what was packed is unpacked from its beginning. */
export function readPart(
  { tarball, hasFilled }: PartSource,
  { offset, size }: { offset: number; size: number },
  signal?: AbortSignal,
): Readable {
  if (size === 0) return Readable.from([]);
  const given = signal && { signal };
  if (tarball.packing === 'none' && !hasFilled)
    return createReadStream(tarball.path, { start: offset, end: offset + size - 1, highWaterMark: 1024 * 1024, ...given });
  const unpacked = unpackFile(tarball);
  return Readable.from(cutOut(hasFilled ? fillHoles(unpacked) : unpacked, offset, size), { objectMode: false, ...given });
}

async function* cutOut(unpacked: AsyncIterable<Buffer>, offset: number, size: number): AsyncGenerator<Buffer> {
  let position = 0;
  for await (const chunk of unpacked) {
    const begin = Math.max(0, offset - position);
    const piece = chunk.subarray(begin, Math.max(begin, offset + size - position));
    position += chunk.length;
    if (piece.length > 0) yield piece;
    if (position >= offset + size) return;
  }
  throw cutOff();
}
