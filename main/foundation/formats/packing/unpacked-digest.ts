import { createHash } from 'node:crypto';
import { StreamUnpacker } from './stream-unpacker.ts';

/** Computes the SHA-256 of what packed bytes unpack to while they pass in pieces. Holds none of them. */
export class UnpackedDigest {
  readonly #hash = createHash('sha256');
  readonly #unpacker: StreamUnpacker;

  constructor(packing: 'gzip' | 'zstd') {
    this.#unpacker = new StreamUnpacker(packing, (unpacked) => this.#hash.update(unpacked));
  }

  /** The piece must not change until this resolves. */
  take(piece: Buffer): Promise<void> {
    return this.#unpacker.take(piece);
  }

  /** `sha256:…`; undefined if the bytes do not unpack. */
  async end(): Promise<string | undefined> {
    return (await this.#unpacker.end()) ? `sha256:${this.#hash.digest('hex')}` : undefined;
  }
}
