import type { ImageList, RemovalPreview } from '../../../contract/image.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { readLedger } from './disk-ledger.ts';
import type { IndexedImage, LayerIndex } from './layer-index.ts';

/** What removing the images would take away. Changes nothing. */
export async function previewRemoval(
  engine: Engine,
  index: LayerIndex,
  list: ImageList | undefined,
  ids: string[],
): Promise<RemovalPreview> {
  const images = list?.images ?? [];
  const chosen = images.filter(({ id }) => ids.includes(id));
  // images that a container uses stay
  const going = new Set(chosen.filter(({ usedBy }) => usedBy.length === 0).map(({ id }) => id));
  const indexed = new Map(await Promise.all(images.map(async ({ id }) => [id, await index.get(engine, id)] as const)));
  const ledger = await readLedger(engine, index, images);
  const freed = await ledger?.freed({ images: going });
  return {
    images: chosen.map(({ id, references, digests, usedBy }) => ({
      id,
      references,
      digests,
      usedBy,
      childCount: countChildren(
        indexed.get(id)?.diffIds ?? [],
        images.flatMap((image) => (going.has(image.id) ? [] : (indexed.get(image.id) ?? []))),
      ),
    })),
    ...(freed && { freed }),
  };
}

const countChildren = (own: string[], staying: IndexedImage[]): number =>
  staying.filter(({ diffIds }) => own.length > 0 && diffIds.length > own.length && own.every((layer, place) => diffIds[place] === layer))
    .length;
