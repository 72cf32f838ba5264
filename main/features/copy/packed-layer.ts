import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { type PlacedLayer, readChecked } from './checked-layer.ts';

/**
 * Packs a tarball's layer as registries store it, to learn its digest and size. It is packed again when it is sent, as the only
 * place to keep it would be memory, which has to stay small. The same bytes always pack to the same bytes.
 */
export async function packLayer(
  layer: PlacedLayer,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<{ digest: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of packed(readChecked(layer, signal), signal, onBytes)) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { digest: `sha256:${hash.digest('hex')}`, size };
}

/** The packed bytes, starting at an offset. */
export async function openPacked(layer: PlacedLayer, from: number, signal: AbortSignal): Promise<Readable> {
  const bytes = packed(readChecked(layer, signal), signal, () => {});
  return from === 0 ? Readable.from(bytes, { objectMode: false }) : Readable.from(without(bytes, from), { objectMode: false });
}

async function* packed(bytes: AsyncIterable<Buffer>, signal: AbortSignal, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  const source = Readable.from(bytes, { objectMode: false });
  const gzip = createGzip();
  // an error in the source must not look like its end
  source.on('error', (error) => gzip.destroy(error)).on('data', (chunk: Buffer) => onBytes(chunk.length));
  const stop = () => gzip.destroy(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of source.pipe(gzip)) yield chunk as Buffer;
  } finally {
    signal.removeEventListener('abort', stop);
    source.destroy();
  }
}

/** All but the first bytes. */
export async function* without(bytes: AsyncIterable<Buffer>, first: number): AsyncGenerator<Buffer> {
  let left = first;
  for await (const chunk of bytes) {
    const kept = chunk.subarray(Math.min(left, chunk.length));
    left -= chunk.length - kept.length;
    if (kept.length > 0) yield kept;
  }
}
