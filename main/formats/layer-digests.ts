import { createHash } from 'node:crypto';
import { isBzip2, packedBy } from './packing/detect-packing.ts';
import { UnpackedDigest } from './packing/unpacked-digest.ts';

/** What the bytes of a layer are, by SHA-256. */
export type SeenDigests = {
  /** As they lie in the file. */
  stored: string;
  /** Once unpacked; null where they do not unpack, absent where nobody here looked. */
  unpacked?: string | null;
};

/** Bytes that tell how others are packed. */
const startSize = 8;

/** Digests of bytes that come by in pieces, and of what they unpack to, so that nothing is read a second time. */
export class LayerDigests {
  readonly #stored = createHash('sha256');
  #start: Buffer | undefined = Buffer.alloc(0);
  #unpacked: UnpackedDigest | 'same' | 'unknown' | undefined;

  /** The piece must stay as it is until this resolves; what resolves at once is no promise. */
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

  /** Ends it. */
  async end(): Promise<SeenDigests> {
    const stored = `sha256:${this.#stored.digest('hex')}`;
    const unpacked = this.#start ? 'same' : this.#unpacked;
    if (unpacked instanceof UnpackedDigest) return { stored, unpacked: (await unpacked.end()) ?? null };
    return { stored, ...(unpacked !== 'unknown' && { unpacked: stored }) };
  }
}

function unpackedBy(start: Buffer): UnpackedDigest | 'same' | 'unknown' {
  const packing = packedBy(start);
  if (!packing) return isBzip2(start) ? 'unknown' : 'same';
  // what unpacks xz blocks the thread it runs in
  return packing === 'xz' ? 'unknown' : new UnpackedDigest(packing);
}
