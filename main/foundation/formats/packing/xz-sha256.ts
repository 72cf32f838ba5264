import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { cutOff, unpacksWrongly } from '../refused-archive.ts';
import { unknownWay } from './refuse-unpacking.ts';

// The xz library does not know the check of `xz --check=sha256`. It gets the file as one without checks, and the checks
// are done here. Names are those of the format's specification (xz-file-format 1.2.1).

const sha256 = 10;
const checkSize = 32;
const magic = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]);

/** Whether these are the first bytes of an xz file with such checks. */
export const hasSha256 = (start: Buffer): boolean => start.subarray(0, 6).equals(magic) && start[7] === sha256;

/** One block as it was packed. */
type Block = { unpadded: number; size: number; check: Buffer };

/** Takes the checks out of an xz file that arrives in pieces, and compares them with what was unpacked. */
export class Sha256Checks {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);
  /** Blocks that were read but not yet compared to their end. */
  readonly #read: Block[] = [];
  #hash = createHash('sha256');
  #hashed = 0;

  constructor(packed: AsyncIterable<Buffer>) {
    this.#source = packed[Symbol.asyncIterator]();
  }

  /** The same file without checks. */
  async *withoutChecks(): AsyncGenerator<Buffer> {
    do yield* this.#stream();
    while (await this.#beginsAnother());
  }

  /** Must be given everything that was unpacked, in order. Throws a refusal if it is not what was packed. */
  compare(unpacked: Buffer): void {
    let bytes = unpacked;
    // a block is read to its end before anything of the next one is unpacked
    for (let block = this.#read[0]; block && this.#hashed + bytes.length >= block.size; block = this.#read[0]) {
      const own = bytes.subarray(0, block.size - this.#hashed);
      bytes = bytes.subarray(own.length);
      if (!this.#hash.update(own).digest().equals(block.check)) throw unpacksWrongly();
      this.#hash = createHash('sha256');
      this.#hashed = 0;
      this.#read.shift();
    }
    this.#hash.update(bytes);
    this.#hashed += bytes.length;
  }

  /** Call it after the last piece. */
  end(): void {
    this.compare(Buffer.alloc(0));
    if (this.#read.length > 0 || this.#hashed > 0) throw unpacksWrongly();
  }

  async *#stream(): AsyncGenerator<Buffer> {
    const header = await this.#take(12);
    if (!header.subarray(0, 6).equals(magic) || header.readUInt32LE(8) !== crc32(header.subarray(6, 8))) throw unpacksWrongly();
    // joined files may have checks of several kinds
    if (!hasSha256(header)) throw unknownWay();
    const flags = Buffer.from([0, 0]);
    yield Buffer.concat([magic, flags, number32(crc32(flags))]);
    const blocks: Block[] = [];
    for (;;) {
      const first = await this.#take(1);
      if (first[0] === 0) break;
      const block = yield* this.#block(first);
      blocks.push(block);
      this.#read.push(block);
    }
    await this.#skipIndex(blocks);
    const index = indexOf(blocks);
    const backward = Buffer.concat([number32(index.length / 4 - 1), flags]);
    yield Buffer.concat([index, number32(crc32(backward)), backward, Buffer.from('YZ')]);
  }

  async *#block(first: Buffer): AsyncGenerator<Buffer, Block> {
    const headerSize = ((first[0] ?? 0) + 1) * 4;
    yield Buffer.concat([first, await this.#take(headerSize - 1)]);
    let packed = 0;
    let size = 0;
    for (;;) {
      const chunk = await this.#chunk();
      packed += chunk.bytes.length;
      size += chunk.unpacked;
      yield chunk.bytes;
      if (chunk.unpacked === 0) break;
    }
    yield await this.#take((4 - (packed % 4)) % 4);
    return { unpadded: headerSize + packed, size, check: Buffer.from(await this.#take(checkSize)) };
  }

  /** An LZMA2 chunk; one that unpacks to nothing is the last. */
  async #chunk(): Promise<{ bytes: Buffer; unpacked: number }> {
    const control = await this.#take(1);
    const kind = control[0] ?? 0;
    if (kind === 0) return { bytes: control, unpacked: 0 };
    if (kind < 0x80) {
      if (kind > 2) throw unpacksWrongly();
      const head = await this.#take(2);
      const size = head.readUInt16BE(0) + 1;
      return { bytes: Buffer.concat([control, head, await this.#take(size)]), unpacked: size };
    }
    const head = await this.#take(kind >= 0xc0 ? 5 : 4);
    const unpacked = ((kind & 0x1f) << 16) + head.readUInt16BE(0) + 1;
    return { bytes: Buffer.concat([control, head, await this.#take(head.readUInt16BE(2) + 1)]), unpacked };
  }

  // its content is already known from the blocks themselves; only its end has to be found, and that of the footer after it
  async #skipIndex(blocks: Block[]): Promise<void> {
    let length = 1;
    const next = async () => {
      let value = 0;
      for (let shift = 1; ; shift *= 128) {
        const [byte = 0] = await this.#take(1);
        length++;
        value += (byte & 0x7f) * shift;
        if (!(byte & 0x80)) return value;
        if (shift > 2 ** 56) throw unpacksWrongly();
      }
    };
    if ((await next()) !== blocks.length) throw unpacksWrongly();
    for (const { unpadded, size } of blocks) {
      if ((await next()) !== unpadded + checkSize || (await next()) !== size) throw unpacksWrongly();
    }
    const footer = await this.#take(((4 - (length % 4)) % 4) + 4 + 12);
    if (footer.toString('latin1', footer.length - 2) !== 'YZ') throw unpacksWrongly();
  }

  /** After zeros, four at a time. */
  async #beginsAnother(): Promise<boolean> {
    for (;;) {
      if (!(await this.#has(4))) {
        if (this.#rest.length > 0) throw unpacksWrongly();
        return false;
      }
      if (this.#rest.readUInt32LE(0) !== 0) return true;
      await this.#take(4);
    }
  }

  async #take(length: number): Promise<Buffer> {
    if (!(await this.#has(length))) throw cutOff();
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }

  async #has(length: number): Promise<boolean> {
    while (this.#rest.length < length) {
      const { value, done } = await this.#source.next();
      if (done) return false;
      this.#rest = this.#rest.length > 0 ? Buffer.concat([this.#rest, value]) : value;
    }
    return true;
  }
}

function indexOf(blocks: Block[]): Buffer {
  const numbers = [blocks.length, ...blocks.flatMap(({ unpadded, size }) => [unpadded, size])];
  const bytes = Buffer.concat([Buffer.from([0]), ...numbers.map(multibyte)]);
  const padded = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
  return Buffer.concat([padded, number32(crc32(padded))]);
}

function multibyte(value: number): Buffer {
  const bytes: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return Buffer.from([...bytes, left]);
    bytes.push((left % 128) | 0x80);
  }
}

function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
