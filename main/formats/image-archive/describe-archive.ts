import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ArchivePreview } from '../../../contract/archive.ts';
import { cutOff, RefusedArchive } from '../refused-archive.ts';
import { describeImage } from './describe-image.ts';
import { findImages } from './find-images.ts';
import type { FoundImages } from './found-image.ts';
import { readStart } from './read-start.ts';
import { refuseFile } from './refuse-file.ts';
import { refuseTarball } from './refuse-tarball.ts';
import { type Scanned, scanArchive } from './scan-archive.ts';

/** What is in a file; `found` with the places of all parts, where it holds images. */
export type DescribedArchive = { preview: ArchivePreview; found?: FoundImages };

/** Reads a file and says what is in it; writes nothing. Rejects only where the file cannot be read at all. */
export async function describeArchive(path: string, onProgress: (done: number, total: number) => void): Promise<DescribedArchive> {
  try {
    const { size } = await stat(path);
    const scanned = size > 0 ? await scanArchive(path, onProgress) : undefined;
    if (!scanned) throw refuseFile(size > 0 ? await readStart(path) : Buffer.alloc(0), size, basename(path));
    return describeScanned(scanned);
  } catch (error) {
    if (!(error instanceof RefusedArchive)) throw error;
    return { preview: { kind: 'refused', title: error.title, reason: error.reason } };
  }
}

function describeScanned({ index, packing, unpackedSize, hasEnd }: Scanned): DescribedArchive {
  const found = findImages(index);
  if (found) {
    const { format, images, notes } = found;
    return { found, preview: { kind: 'images', format, packing, images: images.map(describeImage), unpackedSize, notes } };
  }
  // with images every part is asked for by name; of other files only the end tells that all are there
  if (!hasEnd) throw cutOff();
  const { system, entries } = index;
  if (!system.looksWhole) throw refuseTarball(index);
  const { suggestedCommand } = system;
  return { preview: { kind: 'root-files', packing, entries, unpackedSize, ...(suggestedCommand && { suggestedCommand }) } };
}
