import { createHash } from 'node:crypto';
import { TarCutter, type TarPiece } from '../../../foundation/formats/tar/tar-cutter.ts';
import { entryOf, type LayerEntry } from './layer-entry.ts';

/** What a layer contains. */
export type Layer = {
  diffId: string;
  /** By path; absent if there are too many for memory. */
  entries?: ReadonlyMap<string, LayerEntry>;
  /** The bytes of its files, by path; absent if they exceed a few megabytes. */
  contents?: ReadonlyMap<string, Buffer>;
};

/** The most entries listed for one layer; each takes about 300 bytes. */
const mostEntries = 200_000;
/** The most bytes of files kept to compute digests from. */
const mostContent = 16 * 1024 * 1024;

/** Lists a layer's unpacked tarball as it streams in. Memory is bounded, however large the layer is. */
export class LayerListing {
  readonly #whole = createHash('sha256');
  readonly #cutter = new TarCutter();
  #entries: Map<string, LayerEntry> | undefined = new Map();
  #contents: Map<string, Buffer> | undefined = new Map();
  #kept = 0;
  #running: { entry: LayerEntry; hash: ReturnType<typeof createHash>; parts: Buffer[] } | undefined;

  take(bytes: Buffer): void {
    this.#whole.update(bytes);
    for (const piece of this.#cutter.cut(bytes)) this.#takePiece(piece);
  }

  end(): Layer {
    if (!this.#cutter.ended) this.#cutter.finish();
    this.#close();
    return {
      diffId: `sha256:${this.#whole.digest('hex')}`,
      ...(this.#entries && { entries: this.#entries }),
      ...(this.#contents && { contents: this.#contents }),
    };
  }

  #takePiece(piece: TarPiece): void {
    if (piece.kind === 'head') {
      this.#close();
      const entry = entryOf(piece);
      // the root itself belongs to every image and to no step
      if (entry.path === '') return;
      this.#keepEntry(entry);
      if (entry.kind === 'file') this.#running = { entry, hash: createHash('sha256'), parts: [] };
    } else if (piece.kind === 'body' && this.#running) {
      this.#running.hash.update(piece.bytes);
      this.#keepContent(this.#running.parts, piece.bytes);
    } else if (piece.kind === 'end') this.#close();
  }

  #keepEntry(entry: LayerEntry): void {
    this.#entries?.set(entry.path, entry);
    if (this.#entries && this.#entries.size <= mostEntries) return;
    this.#entries = undefined;
    this.#contents = undefined;
  }

  #keepContent(parts: Buffer[], bytes: Buffer): void {
    this.#kept += bytes.length;
    if (this.#kept > mostContent) this.#contents = undefined;
    else parts.push(Buffer.from(bytes));
  }

  #close(): void {
    if (!this.#running) return;
    const { entry, hash, parts } = this.#running;
    this.#running = undefined;
    entry.content = hash.digest('base64');
    this.#contents?.set(entry.path, Buffer.concat(parts));
  }
}
