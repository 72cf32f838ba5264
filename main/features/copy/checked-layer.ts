import { LayerDigests } from '../../foundation/formats/layer-digests.ts';
import { checkLayer, type ToldLayer } from '../../foundation/image-archive/check-layer.ts';
import type { OpenedLayer } from '../../foundation/image-archive/open-image-archive.ts';

/** A layer in a tarball, with its position in the image. */
export type PlacedLayer = OpenedLayer & Omit<ToldLayer, 'digest' | 'diffId'>;

/**
 * A layer's bytes as they are in the tarball. The last ones come only once all have been checked against the image, so that a
 * reader never has a complete layer before. Rejects with a refusal that names the layer.
 */
export async function* readChecked(layer: PlacedLayer, signal: AbortSignal): AsyncGenerator<Buffer> {
  const digests = new LayerDigests();
  let held: Buffer | undefined;
  for await (const chunk of await layer.open(signal)) {
    await digests.take(chunk);
    if (held) yield held;
    held = chunk;
  }
  checkLayer(layer, await digests.end());
  if (held) yield held;
}
