import { open } from 'node:fs/promises';
import type { Packing } from '../../../contract/archive.ts';
import type { Tarball } from '../formats/packing/look-at-file.ts';
import { unpack } from '../formats/packing/unpack.ts';
import { cutOff } from '../formats/refused-archive.ts';
import { TarCutter } from '../formats/tar/tar-cutter.ts';
import { ArchiveIndex } from './archive-index.ts';

/** Everything that was found in a tarball. */
export type Scanned = {
  index: ArchiveIndex;
  packing: Packing;
  unpackedSize: number;
  /** Whether the zeros that end a tarball were found. Some programs leave them out. */
  hasEnd: boolean;
  /** Whether positions differ from those in the file, because holes of files were filled. */
  hasFilled: boolean;
};

/** Called with how many of the file's bytes are done, and of how many. */
type OnProgress = (done: number, total: number) => void;

const windowSize = 64 * 1024;
/** The size of a body, in bytes, from which skipping it is faster than reading it. */
const worthJumping = 64 * 1024;
/** The most bytes read after the end, so that a packed file's checksum gets compared; GNU tar pads to 10 kB, others to more. */
const mostBehindEnd = 1024 * 1024;

/** Reads a tarball's headers and, of the bodies, only the descriptions. */
export async function scanArchive(tarball: Tarball, onProgress: OnProgress): Promise<Scanned> {
  const { packing } = tarball;
  const cutter = new TarCutter();
  const index = new ArchiveIndex();
  if (packing === 'none') await scanPlain(tarball, cutter, index, onProgress);
  else await scanPacked(tarball, cutter, index, onProgress);
  if (!cutter.ended) cutter.finish();
  return { index, packing, unpackedSize: cutter.position, hasEnd: cutter.ended, hasFilled: cutter.hasFilled };
}

// Bodies are skipped: of two gigabytes, only a few hundred kilobytes are read.
async function scanPlain({ path, size }: Tarball, cutter: TarCutter, index: ArchiveIndex, onProgress: OnProgress): Promise<void> {
  const file = await open(path);
  try {
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

async function scanPacked(tarball: Tarball, cutter: TarCutter, index: ArchiveIndex, onProgress: OnProgress): Promise<void> {
  const { size } = tarball;
  let done = 0;
  let behindEnd = 0;
  const onRead = (position: number) => {
    done = position;
  };
  const unpacked = unpack(tarball, { onRead, isBrief: true });
  for await (const chunk of unpacked) {
    for (const piece of cutter.cut(chunk)) index.take(piece);
    onProgress(Math.min(done, size), size);
    if (cutter.ended) behindEnd += chunk.length;
    if (behindEnd > mostBehindEnd) break;
  }
}
