import type { ImageSummary } from '../../../contract/image.ts';

/** The names by which images are saved: all of them, as a save by id would lose them. */
export const namesForSaving = (images: ImageSummary[]): string[] =>
  images.flatMap(({ id, references }) => (references.length > 0 ? references : [id]));
