import { createReadStream, type ReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import * as imported from 'xz-decompress';
import type { Tarball } from './look-at-file.ts';
import { hasSha256, Sha256Checks } from './xz-sha256.ts';

// a CommonJS package: its names are there once bundled; run from source, Node finds only the default export
const { XzReadableStream } = (imported as { default?: typeof imported }).default ?? imported;

/** The unpacked bytes of an xz file. Unpacks in the calling thread, at about 200 MB a second: not for the main process. */
export async function* unpackXz({ path, start }: Tarball, readSize: number, onRead: (position: number) => void): AsyncGenerator<Buffer> {
  const packed = createReadStream(path, { highWaterMark: readSize });
  try {
    if (!hasSha256(Buffer.from(start))) yield* unpackStream(packed, packed, onRead);
    else {
      const checks = new Sha256Checks(packed);
      for await (const chunk of unpackStream(Readable.from(checks.withoutChecks()), packed, onRead)) {
        checks.compare(chunk);
        yield chunk;
      }
      checks.end();
    }
  } finally {
    packed.destroy();
  }
}

async function* unpackStream(source: Readable, packed: ReadStream, onRead: (position: number) => void): AsyncGenerator<Buffer> {
  const web = Readable.toWeb(source) as ReadableStream<Uint8Array> & globalThis.ReadableStream<Uint8Array>;
  for await (const chunk of new XzReadableStream(web) as unknown as AsyncIterable<Uint8Array>) {
    onRead(packed.bytesRead);
    if (chunk.length > 0) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
  }
}
