import type { ArchivePreview } from '../../../contract/archive.ts';
import type { Tarball } from '../formats/packing/look-at-file.ts';
import { cutOff, RefusedArchive } from '../formats/refused-archive.ts';
import type { StoredLayer } from '../receipts/receipt.ts';
import { checkRecords } from './check-records.ts';
import { describeImage } from './describe-image.ts';
import { describeRecord } from './describe-record.ts';
import { digestBodies } from './digest-bodies.ts';
import { findImages } from './find-images.ts';
import { findRecords } from './find-records.ts';
import type { FoundImages } from './found-image.ts';
import type { FoundRecord } from './found-record.ts';
import { type DiffIdAt, isLegacy, isLegacyLayer } from './legacy-images.ts';
import { lookAtTarball } from './look-at-tarball.ts';
import { fileWithHoles } from './refuse-holes.ts';
import { refuseTarball } from './refuse-tarball.ts';
import { type Scanned, scanArchive } from './scan-archive.ts';
import { contentsOf } from './shown-contents.ts';
import { markIn, readSuitcaseNote } from './suitcase-note.ts';

/**
 * What is in a file. If it holds images, `found` has the positions of all parts, and `records` those of build records. With
 * `hasFilled`, these count holes that were filled.
 */
export type DescribedArchive = {
  preview: ArchivePreview;
  tarball?: Tarball;
  found?: FoundImages;
  records?: FoundRecord[];
  hasFilled?: boolean;
  /** The layers that it leaves out for a registry, as that one stores them. */
  stored?: readonly StoredLayer[];
};

/** Reads a file and says what is in it; writes nothing. Rejects only if the file cannot be read at all. */
export async function describeArchive(path: string, onProgress: (done: number, total: number) => void): Promise<DescribedArchive> {
  try {
    const tarball = await lookAtTarball(path);
    const { size } = tarball;
    const scanned = await scanArchive(tarball, onProgress);
    const records = findRecords(scanned.index);
    if (records) return { ...(await describeRecords(tarball, scanned, records)), tarball };
    if (!isLegacy(scanned.index)) return { ...describeScanned(scanned), tarball };
    // its descriptions do not contain the digests of its layers
    const digests = await digestBodies(tarball, isLegacyLayer, (done) => onProgress(Math.min(done, size), size));
    return { ...describeScanned(scanned, (offset) => digests.get(offset)), tarball };
  } catch (error) {
    if (!(error instanceof RefusedArchive)) throw error;
    return { preview: { kind: 'refused', title: error.title, reason: error.reason } };
  }
}

async function describeRecords(tarball: Tarball, { packing, unpackedSize, hasFilled }: Scanned, records: FoundRecord[]) {
  await checkRecords(tarball, records);
  const builds = records.map(describeRecord);
  return { records, hasFilled, preview: { kind: 'build-records' as const, packing, unpackedSize, builds } };
}

function describeScanned({ index, packing, unpackedSize, hasEnd, hasFilled }: Scanned, diffIdAt?: DiffIdAt): DescribedArchive {
  const found = findImages(index, diffIdAt);
  if (found) {
    const { format, images, notes } = found;
    const shown = { images: images.map(describeImage), contents: contentsOf(images) };
    const note = readSuitcaseNote(index);
    const suitcase = note && markIn(note);
    const preview = { kind: 'images' as const, format, packing, ...shown, unpackedSize, notes, ...(suitcase && { suitcase }) };
    return { found, hasFilled, preview, ...(note?.stored && { stored: note.stored }) };
  }
  // every part of an image is looked up by name; for other files only the end tells that they are complete
  if (!hasEnd) throw cutOff();
  const { system, entries } = index;
  if (!system.looksWhole) throw refuseTarball(index);
  if (system.holed !== undefined) throw fileWithHoles(system.holed);
  const { suggestedCommand } = system;
  return { preview: { kind: 'root-files', packing, entries, unpackedSize, ...(suggestedCommand && { suggestedCommand }) } };
}
