import { LayerDigests } from '../../../foundation/formats/layer-digests.ts';
import { tarHeader, tarPadding } from '../../../foundation/formats/tar/tar-header.ts';
import { checkLayer } from '../../../foundation/image-archive/check-layer.ts';
import { type PartSource, readPart } from '../../../foundation/image-archive/read-part.ts';

/** A layer that one archive leaves out, and where it is in another. Plain data: it crosses threads. */
export type AddedLayer = {
  /** What the first archive calls it. */
  name: string;
  diffId: string;
  source: PartSource;
  offset: number;
  size: number;
};

/** The added layers as entries of a tarball, each checked before its end, then the rest. */
export async function* addedFirst(added: readonly AddedLayer[], rest: Iterable<Buffer>): AsyncGenerator<Buffer> {
  for (const [at, layer] of added.entries()) {
    const { name, diffId, source, offset, size } = layer;
    yield tarHeader({ name, kind: 'file', mode: 0o644, size, modified: 0 });
    const digests = new LayerDigests();
    for await (const piece of readPart(source, { offset, size })) {
      await digests.take(piece as Buffer);
      yield piece as Buffer;
    }
    checkLayer({ diffId, number: at + 1, of: added.length }, await digests.end());
    yield tarPadding(size);
  }
  yield* rest;
}
