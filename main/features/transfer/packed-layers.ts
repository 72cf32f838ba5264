import { infoOf } from '../../foundation/engine/engine-info.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { requestStream } from '../../foundation/engine/request.ts';
import { TarCutter } from '../../foundation/formats/tar/tar-cutter.ts';
import { ArchiveIndex } from '../../foundation/image-archive/archive-index.ts';
import { findImages } from '../../foundation/image-archive/find-images.ts';

export type PackedLayer = { diffId: string; digest: string; size: number };

/** The most images whose packed layers are remembered; an image never changes. */
const mostKept = 100;

/**
 * The layers of an engine with the containerd store, which keeps them packed, as registries do. The only API call that reveals
 * their digests is a save, whose bytes are read and discarded.
 */
export class PackedLayers {
  readonly #images = new Map<string, Promise<PackedLayer[]>>();

  /** The lowest first; undefined if the engine stores its layers unpacked. */
  async of(engine: Engine, reference: string, imageId: string, signal?: AbortSignal): Promise<PackedLayer[] | undefined> {
    if ((await infoOf(engine)).store !== 'containerd') return undefined;
    const known = this.#images.get(imageId);
    // whoever asked first may have cancelled, and the answer with it
    const shared = await known?.catch(() => undefined);
    if (shared) return shared;
    signal?.throwIfAborted();
    const read = readPackedLayers(engine, reference, signal);
    this.#images.set(imageId, read);
    read.catch(() => this.#images.delete(imageId));
    for (const oldest of this.#images.keys()) if (this.#images.size > mostKept) this.#images.delete(oldest);
    return read;
  }
}

async function readPackedLayers({ docker }: Engine, reference: string, signal?: AbortSignal): Promise<PackedLayer[]> {
  const cutter = new TarCutter();
  const index = new ArchiveIndex();
  const stream = await requestStream(docker, {
    method: 'GET',
    path: '/images/get',
    query: { names: reference },
    ...(signal && { signal }),
  });
  for await (const chunk of stream as AsyncIterable<Buffer>) for (const piece of cutter.cut(chunk)) index.take(piece);
  const [image] = findImages(index)?.images ?? [];
  return (image?.layers ?? []).flatMap(({ diffId, digest, size }) => (digest ? [{ diffId, digest, size }] : []));
}
