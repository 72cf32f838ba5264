import { createHash, type Hash, hash } from 'node:crypto';
import { TarCutter, type TarPiece } from '../../../foundation/formats/tar/tar-cutter.ts';
import { KeptBodies } from './kept-bodies.ts';
import { LayerFold } from './layer-fold.ts';
import type { LayerIndex } from './layer-index.ts';

/** What digests the bytes of a whole layer. */
export type WholeHash = { update(bytes: Uint8Array): void; digest(): Buffer };

/** A layer that was read to its end. */
export type ReadLayer = {
  /** Of all its bytes. */
  diffId: string;
  index: LayerIndex;
};

/** Reads the unpacked tarball of a layer that arrives in pieces of any length. Keeps no bytes of files but the databases of package managers. */
export class LayerReader {
  readonly #whole: WholeHash;
  readonly #cutter = new TarCutter();
  readonly #fold = new LayerFold();
  /** The file whose bytes are passing. */
  #file: number | undefined;
  #hash: Hash | undefined;
  #left = 0;
  readonly #kept = new KeptBodies();
  /** Whether the body that passes is kept, too. */
  #isKept = false;
  /** Bytes so far. */
  #size = 0;

  /** `whole`: another way to digest all bytes. */
  constructor(whole: WholeHash = createHash('sha256')) {
    this.#whole = whole;
  }

  /** Throws a refusal for what no engine would unpack. */
  take(bytes: Buffer): void {
    this.#whole.update(bytes);
    this.#size += bytes.length;
    for (const piece of this.#cutter.cut(bytes)) this.#takePiece(piece);
  }

  /** Call it after the last piece. Throws a refusal if the tarball is cut off. */
  end(): ReadLayer {
    if (!this.#cutter.ended) this.#cutter.finish();
    return { diffId: `sha256:${this.#whole.digest().toString('hex')}`, index: this.#fold.end(this.#size, this.#kept.columns) };
  }

  #takePiece(piece: TarPiece): void {
    if (piece.kind === 'head') {
      this.#file = this.#fold.take(piece);
      this.#left = piece.member.size;
      this.#isKept = this.#file !== undefined && this.#kept.wants(piece.member.name, this.#left);
      if (this.#file !== undefined && this.#isKept) this.#kept.begin(this.#file);
      if (this.#file !== undefined && this.#left === 0) this.#fold.setDigest(this.#file, ofNothing);
    } else if (piece.kind === 'body' && this.#file !== undefined) this.#takeBody(this.#file, piece.bytes);
  }

  #takeBody(file: number, bytes: Buffer): void {
    const isFirst = this.#hash === undefined;
    if (this.#isKept) this.#kept.take(bytes);
    this.#left -= bytes.length;
    if (this.#left > 0) {
      this.#hash ??= createHash('sha256');
      this.#hash.update(bytes);
      return;
    }
    // most files come in one piece, for which one call is half as dear
    this.#fold.setDigest(file, isFirst ? hash('sha256', bytes, 'buffer') : (this.#hash as Hash).update(bytes).digest());
    this.#hash = undefined;
    this.#file = undefined;
  }
}

const ofNothing = hash('sha256', '', 'buffer');
