import { createHash } from 'node:crypto';
import { packedBy } from './packing/detect-packing.ts';
import { UnpackedDigest } from './packing/unpacked-digest.ts';

/** The SHA-256 digests of a layer's bytes. */
export type SeenDigests = {
  /** As they are in the file. */
  stored: string;
  /** Once unpacked; null if they do not unpack, absent if nobody looked. */
  unpacked?: string | null;
};

/** The first bytes, which tell how the rest is packed. */
const startSize = 8;

/** Digests of bytes that pass in pieces, and of what they unpack to, so that nothing is read twice. */
export class LayerDigests {
  readonly #stored = createHash('sha256');
  #start: Buffer | undefined = Buffer.alloc(0);
  #unpacked: UnpackedDigest | 'same' | 'unknown' | undefined;

  /** The piece must not change until this resolves; undefined means that it is already done. */
  take(piece: Buffer): Promise<void> | undefined {
    this.#stored.update(piece);
    let bytes = piece;
    if (this.#start) {
      bytes = Buffer.concat([this.#start, piece]);
      this.#start = bytes.length < startSize ? bytes : undefined;
      if (this.#start) return undefined;
      this.#unpacked = unpackedBy(bytes);
    }
    return this.#unpacked instanceof UnpackedDigest ? this.#unpacked.take(bytes) : undefined;
  }

  /** Call it after the last piece. */
  async end(): Promise<SeenDigests> {
    const stored = `sha256:${this.#stored.digest('hex')}`;
    const unpacked = this.#start ? 'same' : this.#unpacked;
    if (unpacked instanceof UnpackedDigest) return { stored, unpacked: (await unpacked.end()) ?? null };
    return { stored, ...(unpacked !== 'unknown' && { unpacked: stored }) };
  }
}

function unpackedBy(start: Buffer): UnpackedDigest | 'same' | 'unknown' {
  const packing = packedBy(start);
  if (!packing) return 'same';
  // unpacking these two blocks the thread it runs in
  return packing === 'xz' || packing === 'bzip2' ? 'unknown' : new UnpackedDigest(packing);
}
