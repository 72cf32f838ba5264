import { createReadStream, type ReadStream } from 'node:fs';
import bitIterator from '@openpgp/unbzip2-stream/lib/bit_iterator.js';
import bzip2 from '@openpgp/unbzip2-stream/lib/bzip2.js';
import { cutOff, unpacksWrongly } from '../refused-archive.ts';
import type { Tarball } from './look-at-file.ts';

/** The most bytes of a packed block: 900,000 symbols of at most 20 bits, and its tables. */
const mostBlock = 2.5 * 1024 * 1024;
/** Bytes of a piece; a block of nothing but zeros unpacks to 46 million. */
const pieceSize = 256 * 1024;

/**
 * The unpacked bytes of a bzip2 file, block by block and stream by stream. Unpacks in the calling thread, at some 5 MB a
 * second: not for the main process. Other bytes after the last stream are ignored, as the bzip2 command does.
 */
export async function* unpackBzip2({ path }: Tarball, readSize: number, onRead: (position: number) => void): AsyncGenerator<Buffer> {
  const packed = createReadStream(path, { highWaterMark: readSize });
  const blocks = new PackedBlocks(packed);
  try {
    for (let isFirst = true; await blocks.begin(isFirst); isFirst = false) {
      for (let block = await blocks.next(); block; block = await blocks.next()) {
        onRead(blocks.position);
        yield* block;
      }
    }
    onRead(blocks.position);
  } finally {
    packed.destroy();
  }
}

/** The blocks of one stream after another. The library reads synchronously, so a whole block has to be there in advance. */
class PackedBlocks {
  readonly #source: AsyncIterator<Buffer>;
  readonly #waiting: Buffer[] = [];
  #bits: ReturnType<typeof bitIterator> | undefined;
  #room = new Int32Array(0);
  #sum = 0;
  #got = 0;
  #isOver = false;
  #lacked = false;

  constructor(packed: ReadStream) {
    this.#source = packed[Symbol.asyncIterator]();
  }

  /** How many of the file's bytes are unpacked. */
  get position(): number {
    // it also counts the first byte that is missing
    return Math.min(this.#bits?.bytesRead ?? 0, this.#got);
  }

  /** Whether another stream begins here; the first one must. */
  async begin(isFirst: boolean): Promise<boolean> {
    const bits = await this.#readAhead();
    try {
      this.#room = new Int32Array(100_000 * bzip2.header(bits));
    } catch {
      if (isFirst) throw this.#refuse();
      return false;
    }
    this.#sum = 0;
    return true;
  }

  /** In pieces; undefined at the end of the stream. */
  async next(): Promise<Buffer[] | undefined> {
    const bits = await this.#readAhead();
    const pieces = new Pieces();
    try {
      const sum = bzip2.decompress(bits, pieces.add, this.#room, this.#room.length, this.#sum);
      this.#sum = sum ?? 0;
      return sum === null ? undefined : pieces.taken;
    } catch {
      throw this.#refuse();
    }
  }

  async #readAhead(): Promise<ReturnType<typeof bitIterator>> {
    while (!this.#isOver && this.#got - this.position < mostBlock) {
      const { value, done } = await this.#source.next();
      this.#isOver = done ?? false;
      if (done) break;
      this.#got += value.length;
      this.#waiting.push(value);
    }
    this.#bits ??= bitIterator(() => this.#waiting.shift() ?? this.#lack());
    return this.#bits;
  }

  #lack(): undefined {
    this.#lacked = true;
  }

  #refuse(): Error {
    // the library read past the end
    return this.#lacked ? cutOff() : unpacksWrongly();
  }
}

/** Collects bytes that arrive one by one. */
class Pieces {
  readonly #whole: Buffer[] = [];
  #piece = Buffer.alloc(pieceSize);
  #length = 0;

  readonly add = (byte: number): void => {
    if (this.#length === pieceSize) {
      this.#whole.push(this.#piece);
      this.#piece = Buffer.alloc(pieceSize);
      this.#length = 0;
    }
    this.#piece[this.#length++] = byte;
  };

  get taken(): Buffer[] {
    return [...this.#whole, this.#piece.subarray(0, this.#length)];
  }
}
