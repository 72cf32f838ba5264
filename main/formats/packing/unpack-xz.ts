import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import * as imported from 'xz-decompress';

// a CommonJS package: bundled, its names are there; from the sources, Node finds only the default
const { XzReadableStream } = (imported as { default?: typeof imported }).default ?? imported;

/** The unpacked bytes of an xz file. Unpacks in the thread that asks, at about 200 MB a second: not for the main process. */
export async function* unpackXz(path: string, readSize: number, onRead: (position: number) => void): AsyncGenerator<Buffer> {
  const packed = createReadStream(path, { highWaterMark: readSize });
  const source = Readable.toWeb(packed) as ReadableStream<Uint8Array> & globalThis.ReadableStream<Uint8Array>;
  try {
    for await (const chunk of new XzReadableStream(source) as unknown as AsyncIterable<Uint8Array>) {
      onRead(packed.bytesRead);
      if (chunk.length > 0) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    }
  } finally {
    packed.destroy();
  }
}
