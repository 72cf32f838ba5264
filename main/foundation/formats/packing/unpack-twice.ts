import { RefusedArchive } from '../refused-archive.ts';
import { packedBy } from './detect-packing.ts';
import { gunzipMembers } from './gunzip-members.ts';

/** The first bytes, which tell how the rest is packed. */
const startSize = 8;

/** The pieces as they are or, if somebody packed a packed file again with gzip, what is in it. Refuses any other second packing. */
export async function* unpackTwice(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = pieces[Symbol.asyncIterator]();
  try {
    yield* unpackOnceMore(source);
  } finally {
    // a source that is read piece by piece does not end by itself
    await source.return?.();
  }
}

async function* unpackOnceMore(source: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
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
  let isFirst = true;
  for await (const chunk of gunzipMembers(all)) {
    if (isFirst && packedBy(chunk)) throw packedAgain();
    isFirst = false;
    yield chunk;
  }
}

async function* join(start: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  if (start.length > 0) yield start;
  yield* rest;
}

const packedAgain = (): RefusedArchive =>
  new RefusedArchive('The file is packed more than once', 'What is in it is packed again. Unpack it once and drop the result here.');
