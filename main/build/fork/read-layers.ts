import type { Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { Engine } from '../../engine/open-engine.ts';
import { requestStream } from '../../engine/request.ts';
import { detectPacking } from '../../formats/packing/detect-packing.ts';
import { TarCutter } from '../../formats/tar/tar-cutter.ts';
import { type Layer, LayerListing } from './layer-listing.ts';

type Reading = {
  /** Ids of images. */
  images: string[];
  /** Diff ids of the layers that are wanted. */
  wanted: ReadonlySet<string>;
  signal: AbortSignal;
  /** Is told how many bytes came by now. */
  tellRead(bytes: number): void;
};

/**
 * Lists layers of images, by diff id. The engine only gives whole images, and older ones do not say beforehand which layer comes
 * next: each is listed as it comes by, and dropped where its digest is not a wanted one. Ends as soon as all are found.
 */
export async function readLayers({ docker }: Engine, { images, wanted, signal, tellRead }: Reading): Promise<Map<string, Layer>> {
  const source = await requestStream(docker, { method: 'GET', path: '/images/get', query: { names: images }, signal });
  const found = new Map<string, Layer>();
  try {
    for await (const layer of layersIn(source, tellRead)) {
      if (wanted.has(layer.diffId)) found.set(layer.diffId, layer);
      if (found.size === wanted.size) break;
    }
  } finally {
    source.destroy();
  }
  return found;
}

async function* layersIn(source: Readable, tellRead: (bytes: number) => void): AsyncGenerator<Layer> {
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
    tellRead(cutter.position);
  }
  if (!cutter.ended) cutter.finish();
}

/** A file of an image's tarball while it comes by: a layer, packed or not, or something else. */
class OpenLayer {
  readonly #listing = new LayerListing();
  #start: Buffer | undefined = Buffer.alloc(0);
  #sink: Sink | undefined;

  async take(bytes: Buffer): Promise<void> {
    if (!this.#start) return this.#sink?.write(bytes);
    this.#start = Buffer.concat([this.#start, bytes]);
    if (this.#start.length >= startSize) await this.#begin(this.#start);
  }

  /** Undefined where it was no layer. */
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

/** Bytes by which a tarball is told from something else. */
const startSize = 512;

type Sink = { write(bytes: Buffer): Promise<void>; end(): Promise<void> };

function unpackInto(unpacker: ReturnType<typeof createGunzip> | ReturnType<typeof createZstdDecompress>, listing: LayerListing): Sink {
  const over = (async () => {
    for await (const bytes of unpacker) listing.take(bytes as Buffer);
  })();
  // is awaited at the end; until then it is no unhandled one
  over.catch(() => {});
  return {
    write: (bytes) => (unpacker.destroyed ? over : new Promise((done) => unpacker.write(bytes, () => done()))),
    end: () => {
      unpacker.end();
      return over;
    },
  };
}
