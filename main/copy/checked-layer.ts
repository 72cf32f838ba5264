import { checkLayer, type ToldLayer } from '../formats/image-archive/check-layer.ts';
import type { OpenedLayer } from '../formats/image-archive/open-image-archive.ts';
import { LayerDigests } from '../formats/layer-digests.ts';

/** A layer of a tarball with its place in the image. */
export type PlacedLayer = OpenedLayer & Omit<ToldLayer, 'digest' | 'diffId'>;

/**
 * The bytes of a layer as they lie in the tarball. The last of them come only when all are known to be what the image says: who
 * takes them has nothing whole before. Rejects with a refusal that names the layer.
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
