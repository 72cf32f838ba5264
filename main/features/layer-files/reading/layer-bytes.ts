import { detectPacking } from '../../../foundation/formats/packing/detect-packing.ts';
import { StreamUnpacker } from '../../../foundation/formats/packing/stream-unpacker.ts';
import { UnpackLimit } from '../../../foundation/formats/packing/unpack-limit.ts';
import { RefusedArchive, unpacksWrongly } from '../../../foundation/formats/refused-archive.ts';

/** What wants the unpacked bytes of a layer. May throw, which ends the reading. */
export type LayerSink = {
  take(bytes: Buffer): void;
  /** Whether it needs no more bytes. */
  readonly isDone?: boolean;
};

/** How many bytes it takes to tell a tarball from something else. */
const startSize = 512;

/** A layer's bytes as they are stored, packed or not, on their way into a sink. */
export class LayerBytes {
  readonly #sink: LayerSink;
  readonly #limit: UnpackLimit;
  #start: Buffer | undefined = Buffer.alloc(0);
  #unpacker: StreamUnpacker | undefined;
  #error: unknown;
  #isOther = false;

  /** `size`: of all stored bytes. */
  constructor(sink: LayerSink, size: number) {
    this.#sink = sink;
    this.#limit = new UnpackLimit(size);
  }

  /** The piece must not change until this resolves; undefined means that it is already done. */
  take(bytes: Buffer): Promise<void> | undefined {
    if (this.#start) return this.#takeStart(Buffer.concat([this.#start, bytes]));
    if (this.#isOther) return undefined;
    if (this.#unpacker) return this.#unpack(this.#unpacker, bytes);
    this.#sink.take(bytes);
    return undefined;
  }

  /** Resolves to whether it was a tarball at all. Rejects with a refusal if it does not unpack. */
  async end(): Promise<boolean> {
    if (this.#start) await this.#begin(this.#start);
    if (this.#unpacker && !(await this.#unpacker.end())) throw this.#error ?? unpacksWrongly();
    if (this.#error) throw this.#error;
    return !this.#isOther;
  }

  #takeStart(start: Buffer): Promise<void> | undefined {
    this.#start = start;
    return start.length < startSize ? undefined : this.#begin(start);
  }

  #begin(start: Buffer): Promise<void> | undefined {
    this.#start = undefined;
    const packing = start.length === 0 ? undefined : detectPacking(start);
    if (packing === 'xz' || packing === 'bzip2') throw unusual(packing);
    this.#isOther = packing === undefined;
    if (packing === 'gzip' || packing === 'zstd') this.#unpacker = new StreamUnpacker(packing, (unpacked) => this.#pass(unpacked));
    return this.take(start);
  }

  async #unpack(unpacker: StreamUnpacker, bytes: Buffer): Promise<void> {
    await unpacker.take(bytes);
    if (this.#error) throw this.#error;
  }

  // an error thrown here would be thrown into zlib, and end the process
  #pass(unpacked: Buffer): void {
    if (this.#error) return;
    try {
      this.#limit.count(unpacked.length);
      this.#sink.take(unpacked);
    } catch (error) {
      this.#error = error;
    }
  }
}

const unusual = (packing: string): RefusedArchive =>
  new RefusedArchive(
    `A layer is packed with ${packing}`,
    'Layerdeck shows the files of layers that are packed with gzip or zstd, or not at all. Load the file into an engine to look at its files there.',
  );
