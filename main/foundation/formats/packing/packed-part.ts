import type { Gunzip, InflateRaw, ZstdDecompress } from 'node:zlib';

type PartState = 'goes-on' | 'ended' | 'failed';

/** A part for one of Node's unpackers; only the unpacker knows where the part ends. */
export class PackedPart {
  readonly #unpacker: Gunzip | InflateRaw | ZstdDecompress;
  #state: PartState = 'goes-on';
  #tell = () => {};

  constructor(unpacker: Gunzip | InflateRaw | ZstdDecompress, onUnpacked: (bytes: Buffer) => void) {
    this.#unpacker = unpacker;
    unpacker.on('data', onUnpacked);
    unpacker.on('end', () => this.#become('ended'));
    unpacker.on('error', () => this.#become('failed'));
  }

  /** The piece must not change until this resolves; `used` counts those of its bytes that belonged to the part. */
  async take(bytes: Buffer): Promise<{ used: number; state: PartState }> {
    const before = this.#unpacker.bytesWritten;
    await this.#until((done) => this.#unpacker.write(bytes, done));
    return { used: this.#unpacker.bytesWritten - before, state: this.#state };
  }

  /** Resolves to whether it was complete. */
  async end(): Promise<boolean> {
    await this.#until(() => this.#unpacker.end());
    return this.#state === 'ended';
  }

  // an unpacker that has reached its end never confirms that it took the excess
  #until(begin: (done: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      this.#tell = resolve;
      if (this.#state === 'goes-on') begin(resolve);
      else resolve();
    });
  }

  #become(state: PartState): void {
    this.#state = state;
    this.#tell();
  }
}
