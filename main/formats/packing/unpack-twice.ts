import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { RefusedArchive } from '../refused-archive.ts';
import { packedBy } from './detect-packing.ts';

/** Bytes that tell how others are packed. */
const startSize = 8;

/** The pieces as they are or, where somebody packed a packed file once more with gzip, what is in it. Refuses what is packed in another way. */
export async function* unpackTwice(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = pieces[Symbol.asyncIterator]();
  const begin: Buffer[] = [];
  let length = 0;
  while (length < startSize) {
    const { value, done } = await source.next();
    if (done) break;
    begin.push(value);
    length += value.length;
  }
  const start = Buffer.concat(begin);
  const packing = packedBy(start);
  const all = join(start, { [Symbol.asyncIterator]: () => source });
  if (packing === undefined) return yield* all;
  if (packing !== 'gzip') throw packedAgain();
  const inner = Readable.from(all, { objectMode: false });
  const unpacked = createGunzip({ chunkSize: 128 * 1024 });
  inner.on('error', (error) => unpacked.destroy(error));
  try {
    let isFirst = true;
    for await (const chunk of inner.pipe(unpacked)) {
      if (isFirst && packedBy(chunk as Buffer)) throw packedAgain();
      isFirst = false;
      yield chunk as Buffer;
    }
  } finally {
    inner.destroy();
  }
}

async function* join(start: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  if (start.length > 0) yield start;
  yield* rest;
}

const packedAgain = (): RefusedArchive =>
  new RefusedArchive(
    'The file is packed several times',
    'What is in it is packed once more. Unpack it once, and drop what comes out here.',
  );
