import type { Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { Engine } from '../../../foundation/engine/open-engine.ts';
import { requestStream } from '../../../foundation/engine/request.ts';
import { detectPacking } from '../../../foundation/formats/packing/detect-packing.ts';
import { TarCutter } from '../../../foundation/formats/tar/tar-cutter.ts';
import { type Layer, LayerListing } from './layer-listing.ts';

type Reading = {
  /** Image ids. */
  images: string[];
  /** Diff ids of the wanted layers. */
  wanted: ReadonlySet<string>;
  signal: AbortSignal;
  /** Called with the number of bytes read so far. */
  onRead(bytes: number): void;
};

/**
 * Lists layers of images, by diff id. The engine only exports whole images, and older ones do not say in advance which layer
 * comes next: each is listed as it streams in, and dropped if its digest is not a wanted one. Ends as soon as all are found.
 */
export async function readLayers({ docker }: Engine, { images, wanted, signal, onRead }: Reading): Promise<Map<string, Layer>> {
  const source = await requestStream(docker, { method: 'GET', path: '/images/get', query: { names: images }, signal });
  const found = new Map<string, Layer>();
  try {
    for await (const layer of layersIn(source, onRead)) {
      if (wanted.has(layer.diffId)) found.set(layer.diffId, layer);
      if (found.size === wanted.size) break;
    }
  } finally {
    source.destroy();
  }
  return found;
}

async function* layersIn(source: Readable, onRead: (bytes: number) => void): AsyncGenerator<Layer> {
  const cutter = new TarCutter();
  let layer: OpenLayer | undefined;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    for (const piece of cutter.cut(chunk)) {
      if (piece.kind === 'body') await layer?.take(piece.bytes);
      else if (piece.kind !== 'padding') {
        const ended = await layer?.end();
        if (ended) yield ended;
        layer = piece.kind === 'head' && piece.member.kind === 'file' ? new OpenLayer() : undefined;
      }
    }
    onRead(cutter.position);
  }
  if (!cutter.ended) cutter.finish();
}

/** A file in an image's tarball as it streams in: a layer, packed or not, or something else. */
class OpenLayer {
  readonly #listing = new LayerListing();
  #start: Buffer | undefined = Buffer.alloc(0);
  #sink: Sink | undefined;

  async take(bytes: Buffer): Promise<void> {
    if (!this.#start) return this.#sink?.write(bytes);
    this.#start = Buffer.concat([this.#start, bytes]);
    if (this.#start.length >= startSize) await this.#begin(this.#start);
  }

  /** Undefined if the file was not a layer. */
  async end(): Promise<Layer | undefined> {
    if (this.#start) await this.#begin(this.#start);
    if (!this.#sink) return undefined;
    await this.#sink.end();
    return this.#listing.end();
  }

  async #begin(start: Buffer): Promise<void> {
    this.#start = undefined;
    const packing = start.length > 0 ? detectPacking(start) : undefined;
    if (packing === 'none') this.#sink = { write: async (bytes) => this.#listing.take(bytes), end: async () => {} };
    else if (packing === 'gzip') this.#sink = unpackInto(createGunzip(), this.#listing);
    else if (packing === 'zstd') this.#sink = unpackInto(createZstdDecompress(), this.#listing);
    await this.#sink?.write(start);
  }
}

/** How many bytes it takes to tell a tarball from something else. */
const startSize = 512;

type Sink = { write(bytes: Buffer): Promise<void>; end(): Promise<void> };

function unpackInto(unpacker: ReturnType<typeof createGunzip> | ReturnType<typeof createZstdDecompress>, listing: LayerListing): Sink {
  const over = (async () => {
    for await (const bytes of unpacker) listing.take(bytes as Buffer);
  })();
  // awaited at the end; until then a rejection must not count as unhandled
  over.catch(() => {});
  return {
    write: (bytes) => (unpacker.destroyed ? over : new Promise((done) => unpacker.write(bytes, () => done()))),
    end: () => {
      unpacker.end();
      return over;
    },
  };
}
