import type { BuildSummary } from '../../contract/build-record.ts';
import { imageItems } from '../features/disk/image-items.ts';
import { readNamedTimes } from '../features/disk/read-named-times.ts';
import type { ImageUses } from '../features/images/image-uses.ts';
import type { Shelf } from '../features/images/shelf.ts';
import { readContainerList } from '../foundation/engine/answers/container-answers.ts';

const none: ReadonlySet<string> = new Set();

/**
 * When each image was last used, by id, in milliseconds since 1970: named, built, or taken by a container, also by
 * one that has gone since. Images of which nothing is known are left out.
 */
export async function readLastUses(
  { connection: { engine }, images: { list } }: Shelf,
  { builds, uses }: { builds: readonly BuildSummary[]; uses: ImageUses },
  signal: AbortSignal,
): Promise<Record<string, number>> {
  const images = list?.images ?? [];
  const [containers, taken, named] = await Promise.all([
    readContainerList(engine),
    uses.of(engine),
    readNamedTimes(
      engine,
      images.map(({ id }) => id),
      signal,
    ),
  ]);
  const items = imageItems({ images, containers, builds, named, taken, lostFolders: none, confirmed: none, digestsTell: false });
  return Object.fromEntries(items.flatMap(({ id, lastUsedAt }) => (lastUsedAt === undefined ? [] : [[id, lastUsedAt]])));
}
