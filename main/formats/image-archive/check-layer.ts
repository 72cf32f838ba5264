import { shortDigest } from '../digest.ts';
import type { SeenDigests } from '../layer-digests.ts';
import { RefusedArchive } from '../refused-archive.ts';

/** What an image says of one of its layers. */
export type ToldLayer = {
  /** Of the bytes in the file. */
  digest?: string;
  diffId: string;
  /** From the lowest, 1. */
  number: number;
  /** Layers of the image. */
  of: number;
  instruction?: string;
};

/** Throws a refusal that names the layer where its bytes are not those that the image says. */
export function checkLayer({ digest, diffId, ...which }: ToldLayer, { stored, unpacked }: SeenDigests): void {
  const isStoredRight = digest === undefined || isSame(digest, stored);
  const isUnpackedRight = unpacked === undefined || (unpacked !== null && isSame(diffId, unpacked));
  if (!isStoredRight || !isUnpackedRight) throw changedLayer(diffId, which);
}

// digests of another kind are left to who takes the layer
const isSame = (told: string, seen: string): boolean => told === seen || !told.startsWith('sha256:');

function changedLayer(diffId: string, { number, of, instruction }: Omit<ToldLayer, 'digest' | 'diffId'>): RefusedArchive {
  const made = instruction ? `, made by “${instruction.length > 60 ? `${instruction.slice(0, 59)}…` : instruction}”,` : '';
  return new RefusedArchive(
    'A layer of the image is damaged',
    `Layer ${number} of ${of} (${shortDigest(diffId)})${made} holds something else than the image says: bytes were changed after it was made. Copy, download or save the file again from where it came.`,
  );
}
