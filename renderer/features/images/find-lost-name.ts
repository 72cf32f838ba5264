import type { BuildSummary } from '../../../contract/build-record.ts';

/** The name that an image got from its build and lost to a later one; undefined if that isn’t known. */
export function findLostName(id: string, builds: BuildSummary[]): string | undefined {
  const own = builds.filter(({ imageId }) => imageId === id);
  // newest first: what the image was called last
  for (const { references, createdAt } of own) {
    const lost = references.find((reference) =>
      builds.some((later) => later.createdAt > createdAt && later.imageId && later.imageId !== id && later.references.includes(reference)),
    );
    if (lost) return lost;
  }
  return undefined;
}
