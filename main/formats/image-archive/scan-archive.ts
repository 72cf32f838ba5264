import { open } from 'node:fs/promises';
import type { Packing } from '../../../contract/archive.ts';
import { detectPacking } from '../packing/detect-packing.ts';
import { unpack } from '../packing/unpack.ts';
import { cutOff } from '../refused-archive.ts';
import { TarCutter } from '../tar/tar-cutter.ts';
import { ArchiveIndex } from './archive-index.ts';
import { readStart } from './read-start.ts';

/** Everything that was found in a tarball. */
export type Scanned = {
  index: ArchiveIndex;
  packing: Packing;
  unpackedSize: number;
  /** Whether the zeros that end a tarball are there. Some programs leave them out. */
  hasEnd: boolean;
};

/** Told how many of the file's bytes are behind, and of how many. */
type OnProgress = (done: number, total: number) => void;

const windowSize = 64 * 1024;
/** Bytes of a body from which on it is faster to jump than to read. */
const worthJumping = 64 * 1024;
/** Bytes read behind the end, so that a packed file's checksum is compared; GNU tar fills up to 10 kB, others more. */
const mostBehindEnd = 1024 * 1024;

/** Reads the headers, and of the bodies the descriptions, of the tarball in a file. Undefined where the file is no tarball. */
export async function scanArchive(path: string, onProgress: OnProgress): Promise<Scanned | undefined> {
  const packing = detectPacking(await readStart(path));
  if (!packing) return undefined;
  const cutter = new TarCutter();
  const index = new ArchiveIndex();
  if (packing === 'none') await scanPlain(path, cutter, index, onProgress);
  else await scanPacked(path, packing, cutter, index, onProgress);
  if (!cutter.ended) cutter.finish();
  return { index, packing, unpackedSize: cutter.position, hasEnd: cutter.ended };
}

// Bodies are jumped over: of two gigabytes only some hundred kilobytes are read.
async function scanPlain(path: string, cutter: TarCutter, index: ArchiveIndex, onProgress: OnProgress): Promise<void> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const window = Buffer.alloc(windowSize);
    let position = 0;
    while (position < size && !cutter.ended) {
      const { bytesRead } = await file.read(window, 0, windowSize, position);
      if (bytesRead === 0) throw cutOff();
      for (const piece of cutter.cut(window.subarray(0, bytesRead))) index.take(piece);
      position += bytesRead;
      if (!index.wantsBody && cutter.skippable > worthJumping) {
        const jumped = Math.min(cutter.skippable, size - position);
        position += jumped;
        cutter.skip(jumped);
      }
      onProgress(Math.min(position, size), size);
    }
    cutter.position = Math.max(cutter.position, size);
  } finally {
    await file.close();
  }
}

async function scanPacked(
  path: string,
  packing: Exclude<Packing, 'none'>,
  cutter: TarCutter,
  index: ArchiveIndex,
  onProgress: OnProgress,
): Promise<void> {
  const file = await open(path);
  const { size } = await file.stat();
  await file.close();
  let done = 0;
  let behindEnd = 0;
  const unpacked = unpack(path, packing, (position) => {
    done = position;
  });
  for await (const chunk of unpacked) {
    for (const piece of cutter.cut(chunk)) index.take(piece);
    onProgress(Math.min(done, size), size);
    if (cutter.ended) behindEnd += chunk.length;
    if (behindEnd > mostBehindEnd) break;
  }
}
