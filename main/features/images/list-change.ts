import type { ImageSummary } from '../../../contract/image.ts';
import { findImage } from '../../foundation/engine/find-image.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { keeping, listImages, newestFirst, ownNamesFirst } from './list-images.ts';

/** What became of one image, to be brought into a list that was read before or meanwhile. */
export type ListChange = (images: ImageSummary[]) => ImageSummary[];

/**
 * Asks about one image alone: with containerd's store, a list of hundreds takes the engine seconds. Rejects with its error. A new image
 * without a name can't be asked for alone, and comes with the next list.
 */
export async function readChange(engine: Engine, id: string): Promise<ListChange> {
  const found = await findImage(engine, id);
  if (!found) return (images) => images.filter((image) => image.id !== id);
  const references = found.RepoTags.sort(ownNamesFirst);
  const digests = found.RepoDigests.sort(ownNamesFirst);
  const [reference] = references;
  const listed = reference === undefined ? [] : await listImages(engine, { reference });
  const fresh = listed.find((image) => image.id === found.Id);
  return (images) => {
    const before = images.find((image) => image.id === found.Id);
    const image = before ?? fresh;
    // a name belongs to one image
    const others = images.filter((one) => one !== before).map((one) => withoutNames(one, references));
    if (!image) return others;
    const { keptUntil: _, ...rest } = image;
    return [...others, { ...rest, references, digests, ...keeping(found.keptAs) }].sort(newestFirst);
  };
}

function withoutNames(image: ImageSummary, taken: string[]): ImageSummary {
  if (!image.references.some((name) => taken.includes(name))) return image;
  return { ...image, references: image.references.filter((name) => !taken.includes(name)) };
}
