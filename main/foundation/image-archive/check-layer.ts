import { shortDigest } from '../formats/digest.ts';
import type { SeenDigests } from '../formats/layer-digests.ts';
import { RefusedArchive } from '../formats/refused-archive.ts';

/** What an image says about one of its layers. */
export type ToldLayer = {
  /** Of the bytes as they are in the file. */
  digest?: string;
  diffId: string;
  /** Counted from the lowest, which is 1. */
  number: number;
  /** How many layers the image has. */
  of: number;
  instruction?: string;
};

/** Throws a refusal that names the layer if its bytes are not what the image says. */
export function checkLayer({ digest, diffId, ...which }: ToldLayer, { stored, unpacked }: SeenDigests): void {
  const isStoredRight = digest === undefined || isSame(digest, stored);
  const isUnpackedRight = unpacked === undefined || (unpacked !== null && isSame(diffId, unpacked));
  if (!isStoredRight || !isUnpackedRight) throw changedLayer(diffId, which);
}

// digests of another kind are left to the receiver of the layer
const isSame = (told: string, seen: string): boolean => told === seen || !told.startsWith('sha256:');

function changedLayer(diffId: string, { number, of, instruction }: Omit<ToldLayer, 'digest' | 'diffId'>): RefusedArchive {
  const made = instruction ? `, made by “${instruction.length > 60 ? `${instruction.slice(0, 59)}…` : instruction}”,` : '';
  return new RefusedArchive(
    'A layer of the image is damaged',
    `Layer ${number} of ${of} (${shortDigest(diffId)})${made} doesn’t match what the image says: bytes were changed after it was made. Copy, download or save the file again.`,
  );
}
