import type { ImageList, ImageSummary } from '../../../contract/image.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { diskUse, ownSizes, partsOf } from './disk-parts.ts';
import type { IndexedImage } from './layer-index.ts';
import { unpackedBytes } from './list-images.ts';
import { blobsOf, type PackedStore } from './packed-store.ts';

/** The list with own bytes and their sum, as far as every image's layers are known and the engine says what it keeps packed. */
export function withSizes(
  engine: Engine,
  images: ImageSummary[],
  indexed: (IndexedImage | undefined)[],
  store: PackedStore | undefined,
): ImageList {
  if (!store) return { images };
  const found = images.map((image, place) => {
    const blobs = blobsOf(store, image.id);
    // before API 1.47 the list doesn't say how much is packed
    const packed = image.packed ?? (blobs.length > 0 ? blobs.reduce((sum, { size }) => sum + size, 0) : undefined);
    const own = indexed[place];
    return {
      image: { ...image, ...(packed !== undefined && { packed }) },
      parts: own && partsOf(own, blobs, unpackedBytes(engine, image)),
    };
  });
  const parts = found.flatMap((one) => one.parts ?? []);
  if (parts.length < images.length) return { images: found.map(({ image }) => image) };
  const owns = ownSizes(parts);
  const disk = diskUse(parts);
  const sized = found.map(({ image }, place) => {
    const own = owns[place];
    return own === undefined ? image : { ...image, ownSize: own };
  });
  return { images: sized, ...(disk && { disk }) };
}

/** Until the layers are known again, the last known bytes stay, so that the bar does not flicker at each event. */
export function withKnownSizes(images: ImageSummary[], before: ImageList | undefined): ImageList {
  const known = new Map(before?.images.map((image) => [image.id, image]));
  const sized = images.map((image) => {
    const { ownSize: own, packed } = known.get(image.id) ?? {};
    return { ...(packed !== undefined && { packed }), ...image, ...(own !== undefined && { ownSize: own }) };
  });
  return { images: sized, ...(before?.disk && { disk: before.disk }) };
}
