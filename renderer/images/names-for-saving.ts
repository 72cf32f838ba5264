import type { ImageSummary } from '../../contract/image.ts';

/** What images are saved by: every name they have, as a save by id loses them. */
export const namesForSaving = (images: ImageSummary[]): string[] =>
  images.flatMap(({ id, references }) => (references.length > 0 ? references : [id]));
