import type { Engine } from '../engine/open-engine.ts';
import { requestStream } from '../engine/request.ts';
import { ArchiveIndex } from '../formats/image-archive/archive-index.ts';
import { findImages } from '../formats/image-archive/find-images.ts';
import { TarCutter } from '../formats/tar/tar-cutter.ts';

export type PackedLayer = { diffId: string; digest: string; size: number };

/** Images whose packed layers are remembered; an image never changes. */
const mostKept = 100;

/**
 * The layers as an engine with containerd's store keeps them: packed, as registries do. No call of its API tells their
 * digests but a save, whose bytes are read and thrown away.
 */
export class PackedLayers {
  readonly #images = new Map<string, Promise<PackedLayer[]>>();
  readonly #stores = new WeakMap<Engine, Promise<boolean>>();

  /** From the lowest; undefined where the engine keeps its layers unpacked. */
  async of(engine: Engine, reference: string, imageId: string, signal?: AbortSignal): Promise<PackedLayer[] | undefined> {
    if (!(await this.#keepsPacked(engine))) return undefined;
    const known = this.#images.get(imageId);
    // who asked first may have gone, and the answer with them
    const shared = await known?.catch(() => undefined);
    if (shared) return shared;
    signal?.throwIfAborted();
    const read = readPackedLayers(engine, reference, signal);
    this.#images.set(imageId, read);
    read.catch(() => this.#images.delete(imageId));
    for (const oldest of this.#images.keys()) if (this.#images.size > mostKept) this.#images.delete(oldest);
    return read;
  }

  #keepsPacked(engine: Engine): Promise<boolean> {
    const known = this.#stores.get(engine);
    if (known) return known;
    const info = engine.docker.info() as Promise<{ DriverStatus?: [string, string][] | null }>;
    const asked = info.then(({ DriverStatus }) => (DriverStatus ?? []).some(([, type]) => type.startsWith('io.containerd.snapshotter')));
    this.#stores.set(engine, asked);
    asked.catch(() => this.#stores.delete(engine));
    return asked;
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
