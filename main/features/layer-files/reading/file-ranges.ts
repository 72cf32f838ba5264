import { createHash, type Hash } from 'node:crypto';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import type { LayerSink } from './layer-bytes.ts';

/** A file of a layer that is not empty: where its bytes are in the unpacked layer, their SHA-256 in hexadecimal digits, and where they shall go. `end`: see `KeptBytes`. */
export type FileRange = { offset: number; size: number; digest: string; target: string; end?: number };

type OpenRange = FileRange & { file: number; hash: Hash; left: number };

/** Writes parts of a layer into new files while it passes. Only files with the right digest stay. */
export class FileRanges implements LayerSink {
  /** In the order of the layer. */
  readonly #waiting: FileRange[];
  readonly #written: FileRange[] = [];
  #open: OpenRange | undefined;
  #position: number;

  /** `begin`: where in the layer the bytes begin that it gets. */
  constructor(ranges: FileRange[], begin = 0) {
    this.#position = begin;
    this.#waiting = [...ranges].sort((one, other) => one.offset - other.offset);
  }

  get isDone(): boolean {
    return this.#waiting.length === 0 && !this.#open;
  }

  /** Those that were written, and had the right digest. */
  get written(): readonly FileRange[] {
    return this.#written;
  }

  take(bytes: Buffer): void {
    const end = this.#position + bytes.length;
    for (this.#open ??= this.#next(end); this.#open; this.#open = this.#next(end)) {
      const range: OpenRange = this.#open;
      const from = range.offset + range.size - range.left - this.#position;
      const part = bytes.subarray(from, from + range.left);
      writeAll(range.file, part);
      range.hash.update(part);
      range.left -= part.length;
      if (range.left > 0) break;
      this.#close(range);
    }
    this.#position = end;
  }

  /** Lets go of what is not whole. */
  end(): void {
    if (!this.#open) return;
    closeSync(this.#open.file);
    rmSync(this.#open.target, { force: true });
    this.#open = undefined;
  }

  /** The next file, if it begins before that position. */
  #next(end: number): OpenRange | undefined {
    const [next] = this.#waiting;
    if (!next || next.offset >= end) return undefined;
    this.#waiting.shift();
    return { ...next, file: openSync(next.target, 'wx', 0o600), hash: createHash('sha256'), left: next.size };
  }

  #close(range: OpenRange): void {
    closeSync(range.file);
    if (range.hash.digest('hex') === range.digest) this.#written.push(range);
    else rmSync(range.target, { force: true });
  }
}

function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}
