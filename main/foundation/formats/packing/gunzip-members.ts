import { crc32, createInflateRaw } from 'node:zlib';
import { cutOff, unpacksWrongly } from '../refused-archive.ts';
import { packedBy } from './detect-packing.ts';
import { PackedPart } from './packed-part.ts';

/** The most bytes of a member's header that are examined; names in it are short. */
const mostHeader = 64 * 1024;
/** Bytes fed at once: what they unpack to is held until it is passed on. */
const stepSize = 16 * 1024;
/** After a member: its checksum and its size. */
const trailerSize = 8;

/**
 * Unpacks one gzip member after another. Other bytes after the last one are ignored, as the gzip command does; Node's own
 * reader treats them as an error and holds back what it has unpacked. Throws a refusal if a member is incomplete.
 */
export async function* gunzipMembers(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = new Source(pieces[Symbol.asyncIterator]());
  try {
    for (let isFirst = true; ; isFirst = false) {
      const start = await source.peek(mostHeader);
      const length = headerLength(start);
      if (length === undefined) {
        if (isFirst) throw start.length < 10 ? cutOff() : unpacksWrongly();
        return await source.drain();
      }
      source.use(length);
      yield* unpackMember(source);
    }
  } finally {
    await source.close();
  }
}

async function* unpackMember(source: Source): AsyncGenerator<Buffer> {
  const unpacked: Buffer[] = [];
  const part = new PackedPart(createInflateRaw({ chunkSize: 128 * 1024 }), (bytes) => unpacked.push(bytes));
  let sum = 0;
  for (let state = 'goes-on'; state === 'goes-on'; ) {
    const bytes = await source.peek(1);
    if (bytes.length === 0) throw cutOff();
    const step = await part.take(bytes.subarray(0, stepSize));
    state = step.state;
    if (state === 'failed') throw unpacksWrongly();
    source.use(step.used);
    for (const piece of unpacked.splice(0)) {
      sum = crc32(piece, sum);
      yield piece;
    }
  }
  const trailer = await source.peek(trailerSize);
  if (trailer.length < trailerSize) throw cutOff();
  if (trailer.readUInt32LE(0) !== sum) throw unpacksWrongly();
  source.use(trailerSize);
}

/** Pieces, any number of whose bytes can be peeked at before they are consumed. */
class Source {
  readonly #pieces: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);
  #isOver = false;

  constructor(pieces: AsyncIterator<Buffer>) {
    this.#pieces = pieces;
  }

  /** At least that many bytes, or all that are left. */
  async peek(length: number): Promise<Buffer> {
    while (this.#rest.length < length && !this.#isOver) {
      const { value, done } = await this.#pieces.next();
      this.#isOver = done ?? false;
      if (!done) this.#rest = this.#rest.length > 0 ? Buffer.concat([this.#rest, value]) : value;
    }
    return this.#rest;
  }

  use(length: number): void {
    this.#rest = this.#rest.subarray(length);
  }

  /** Reads to the end, where an outer packing has its own checksum. */
  async drain(): Promise<void> {
    while (!(await this.#pieces.next()).done);
  }

  async close(): Promise<void> {
    await this.#pieces.return?.();
  }
}

/** Undefined if no member begins there (RFC 1952). */
function headerLength(start: Buffer): number | undefined {
  if (packedBy(start) !== 'gzip' || start.length < 10) return undefined;
  const flags = start[3] ?? 0;
  let length = 10;
  if (flags & 4) length += 2 + (start.length >= 12 ? start.readUInt16LE(10) : 0);
  for (const flag of [8, 16]) if (flags & flag) length = start.indexOf(0, length) + 1;
  return length + (flags & 2 ? 2 : 0);
}
