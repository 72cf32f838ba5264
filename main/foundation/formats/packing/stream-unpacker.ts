import { createGunzip, createZstdDecompress, type Gunzip, type ZstdDecompress } from 'node:zlib';
import { isSkippableFrame, packedBy } from './detect-packing.ts';
import { PackedPart } from './packed-part.ts';

/** Unpacks bytes that pass in pieces, one frame or member after another. Holds none of them. */
export class StreamUnpacker {
  readonly #onUnpacked: (bytes: Buffer) => void;
  readonly #make: () => Gunzip | ZstdDecompress;
  readonly #isZstd: boolean;
  #part: PackedPart | undefined;
  #rest: Buffer = Buffer.alloc(0);
  #toSkip = 0;
  #isOver = false;
  #hasFailed = false;

  /** `onUnpacked` must not throw. */
  constructor(packing: 'gzip' | 'zstd', onUnpacked: (bytes: Buffer) => void) {
    this.#onUnpacked = onUnpacked;
    this.#isZstd = packing === 'zstd';
    this.#make = packing === 'zstd' ? () => createZstdDecompress() : () => createGunzip({ chunkSize: 128 * 1024 });
  }

  /** The piece must not change until this resolves. */
  async take(piece: Buffer): Promise<void> {
    let bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, piece]) : piece;
    this.#rest = Buffer.alloc(0);
    while (bytes.length > 0 && !this.#isOver && !this.#hasFailed) bytes = await this.#step(bytes);
  }

  /** Call it after the last piece. Resolves to whether everything could be unpacked. */
  async end(): Promise<boolean> {
    if (this.#part) this.#hasFailed ||= !(await this.#part.end());
    return !this.#hasFailed && this.#rest.length === 0;
  }

  // Node's zstd reader ends with a frame, of which a file may have many, interspersed with frames that hold no content
  async #step(bytes: Buffer): Promise<Buffer> {
    if (this.#toSkip > 0) {
      const skipped = Math.min(this.#toSkip, bytes.length);
      this.#toSkip -= skipped;
      return bytes.subarray(skipped);
    }
    if (!this.#part && this.#isZstd) {
      if (bytes.length < 8) {
        this.#rest = Buffer.from(bytes);
        return none;
      }
      this.#isOver = packedBy(bytes) !== 'zstd';
      if (isSkippableFrame(bytes.readUInt32LE(0))) this.#toSkip = 8 + bytes.readUInt32LE(4);
      if (this.#isOver || this.#toSkip > 0) return bytes;
    }
    this.#part ??= new PackedPart(this.#make(), this.#onUnpacked);
    const { used, state } = await this.#part.take(bytes);
    this.#hasFailed ||= state === 'failed';
    if (state !== 'ended') return none;
    this.#part = undefined;
    // what follows the last gzip member is ignored
    this.#isOver = !this.#isZstd;
    return bytes.subarray(used);
  }
}

const none = Buffer.alloc(0);
