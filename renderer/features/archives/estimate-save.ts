import type { ImageSummary } from '../../../contract/image.ts';

/** Bytes of a tarball with these names, as the engine writes it. `atMost` if images share layers, which are written once: it isn’t known which. */
export type SaveEstimate = { images: number; size: number; atMost: boolean };

/** Undefined if the engine's list lacks one of the names. */
export function estimateSave(references: string[], images: ImageSummary[]): SaveEstimate | undefined {
  const byName = new Map(images.flatMap((image) => [image.id, ...image.references].map((name) => [name, image] as const)));
  const found = references.map((reference) => byName.get(reference));
  if (found.includes(undefined)) return undefined;
  const distinct = [...new Set(found.filter((image) => image !== undefined))];
  // an engine that keeps images packed writes them so
  const size = distinct.reduce((sum, image) => sum + (image.packed ?? image.size), 0);
  return { images: distinct.length, size, atMost: distinct.length > 1 && distinct.some(({ size: all, ownSize = 0 }) => ownSize < all) };
}
