import type { ArchivePreview } from '../../../contract/archive.ts';
import type { Tarball } from '../formats/packing/look-at-file.ts';
import { cutOff, RefusedArchive } from '../formats/refused-archive.ts';
import { describeImage } from './describe-image.ts';
import { digestBodies } from './digest-bodies.ts';
import { findImages } from './find-images.ts';
import type { FoundImages } from './found-image.ts';
import { type DiffIdAt, isLegacy, isLegacyLayer } from './legacy-images.ts';
import { lookAtTarball } from './look-at-tarball.ts';
import { fileWithHoles } from './refuse-holes.ts';
import { refuseTarball } from './refuse-tarball.ts';
import { type Scanned, scanArchive } from './scan-archive.ts';
import { contentsOf } from './shown-contents.ts';

/** What is in a file; if it holds images, `found` has the positions of all parts. With `hasFilled`, these count holes that were filled. */
export type DescribedArchive = { preview: ArchivePreview; tarball?: Tarball; found?: FoundImages; hasFilled?: boolean };

/** Reads a file and says what is in it; writes nothing. Rejects only if the file cannot be read at all. */
export async function describeArchive(path: string, onProgress: (done: number, total: number) => void): Promise<DescribedArchive> {
  try {
    const tarball = await lookAtTarball(path);
    const { size } = tarball;
    const scanned = await scanArchive(tarball, onProgress);
    if (!isLegacy(scanned.index)) return { ...describeScanned(scanned), tarball };
    // its descriptions do not contain the digests of its layers
    const digests = await digestBodies(tarball, isLegacyLayer, (done) => onProgress(Math.min(done, size), size));
    return { ...describeScanned(scanned, (offset) => digests.get(offset)), tarball };
  } catch (error) {
    if (!(error instanceof RefusedArchive)) throw error;
    return { preview: { kind: 'refused', title: error.title, reason: error.reason } };
  }
}

function describeScanned({ index, packing, unpackedSize, hasEnd, hasFilled }: Scanned, diffIdAt?: DiffIdAt): DescribedArchive {
  const found = findImages(index, diffIdAt);
  if (found) {
    const { format, images, notes } = found;
    const shown = { images: images.map(describeImage), contents: contentsOf(images) };
    return { found, hasFilled, preview: { kind: 'images', format, packing, ...shown, unpackedSize, notes } };
  }
  // every part of an image is looked up by name; for other files only the end tells that they are complete
  if (!hasEnd) throw cutOff();
  const { system, entries } = index;
  if (!system.looksWhole) throw refuseTarball(index);
  if (system.holed !== undefined) throw fileWithHoles(system.holed);
  const { suggestedCommand } = system;
  return { preview: { kind: 'root-files', packing, entries, unpackedSize, ...(suggestedCommand && { suggestedCommand }) } };
}
