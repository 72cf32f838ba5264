import type { ImageSummary } from '../../../../contract/image.ts';
import { parseReference, repositoryKey } from '../../../../contract/reference.ts';
import type { TagDetails } from '../../../../contract/registry-browse.ts';

/** Images on the engine, by everything that a registry may know them by. */
export type HereIndex = { byDigest: Map<string, ImageSummary>; byName: Map<string, ImageSummary> };

/** How what a registry has under a tag relates to what is on the engine. */
export type Here =
  /** It is the same image. */
  | { how: 'same'; image: ImageSummary }
  /** Another image has the name; `older`: than what the registry has, by the times that both say of themselves. */
  | { how: 'older' | 'newer' | 'other'; image: ImageSummary }
  | { how: 'absent' };

export function indexHere(images: readonly ImageSummary[]): HereIndex {
  const byDigest = new Map<string, ImageSummary>();
  const byName = new Map<string, ImageSummary>();
  for (const image of images) {
    byDigest.set(image.id, image);
    for (const digest of image.digests) byDigest.set(digest.slice(digest.indexOf('@') + 1), image);
    for (const reference of image.references) {
      const key = keyOf(reference);
      if (key !== undefined) byName.set(key, image);
    }
  }
  return { byDigest, byName };
}

/** What is known of a tag's image on the engine; `reference` is its whole name. */
export function hereOf({ byDigest, byName }: HereIndex, reference: string, { digest, ids = [], createdAt }: TagDetails): Here {
  const same = [digest, ...ids].map((id) => byDigest.get(id)).find((image) => image !== undefined);
  if (same) return { how: 'same', image: same };
  const image = byName.get(keyOf(reference) ?? '');
  if (!image) return { how: 'absent' };
  // engines tell seconds only, and 1970 tells nothing
  const [there, here] = [createdAt ?? 0, image.createdAt].map((time) => Math.floor(time / 1000)) as [number, number];
  if (there <= 0 || here <= 0 || there === here) return { how: 'other', image };
  return { how: here < there ? 'older' : 'newer', image };
}

/** What is said of it. */
export const hereWords: Record<Here['how'], string> = {
  same: 'You have this one',
  older: 'You have an older one',
  newer: 'You have a newer one',
  other: 'You have another one',
  absent: 'Not here',
};

function keyOf(reference: string): string | undefined {
  try {
    const parsed = parseReference(reference);
    return `${repositoryKey(parsed)}:${parsed.tag ?? 'latest'}`;
  } catch {
    return undefined; // an engine's names need not follow the grammar
  }
}
