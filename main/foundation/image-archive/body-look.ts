import type { Packing } from '../../../contract/archive.ts';
import { packedBy } from '../formats/packing/detect-packing.ts';

/** Bytes examined to tell how a body is packed. */
const peeked = 8;

/** Examines the body of one entry: how it is packed, and its text if it is a description of at most `mostText` bytes. */
export class BodyLook {
  packing: Packing = 'none';
  /** Whether nothing more is needed. */
  isOver = false;
  #start: Buffer = Buffer.alloc(0);
  #parts: Buffer[] | undefined = [];
  #left: number;
  readonly #size: number;
  readonly #mostText: number;

  constructor(size: number, mostText: number) {
    this.#size = size;
    this.#left = size;
    this.#mostText = mostText;
  }

  get text(): Buffer | undefined {
    return this.isOver && this.#parts ? Buffer.concat(this.#parts) : undefined;
  }

  take(bytes: Buffer): void {
    if (this.isOver) return;
    this.#left -= bytes.length;
    this.#parts?.push(Buffer.from(bytes));
    if (this.#start.length < peeked) this.#peek(bytes);
    this.isOver = this.#left <= 0 || (!this.#parts && this.#start.length >= peeked);
  }

  #peek(bytes: Buffer): void {
    this.#start = Buffer.concat([this.#start, bytes.subarray(0, peeked)]);
    if (this.#start.length < Math.min(peeked, this.#size)) return;
    this.packing = packedBy(this.#start) ?? 'none';
    const isText = /^[\s\uFEFF]*[{[]/.test(this.#start.toString('utf8'));
    if (!isText || this.#size > this.#mostText) this.#parts = undefined;
  }
}
