import type { Worker } from 'node:worker_threads';
import { startWorker } from '../engine/start-worker.ts';
import type { DigestsAnswer, DigestsMessage, DigestsOrder } from './digests-worker.ts';
import type { SeenDigests } from './layer-digests.ts';

/** Bytes of a piece, and pieces that may wait for the thread. */
const slotSize = 256 * 1024;
const slots = 16;

/** Makes the digests of large bodies, one after the other, in a thread of its own: whoever reads the bodies need not wait for it. */
export class DigestsThread {
  readonly #memory = new SharedArrayBuffer(slots * slotSize);
  readonly #worker: Worker;
  readonly #free = Array.from({ length: slots }, (_, slot) => slot);
  readonly #waiting: { resolve(seen: SeenDigests): void; reject(error: Error): void }[] = [];
  #failure: Error | undefined;
  #wake = () => {};

  constructor() {
    const order: DigestsOrder = { memory: this.#memory, slotSize };
    this.#worker = startWorker('digests-worker', order);
    this.#worker.unref();
    this.#worker.on('message', (answer: DigestsAnswer) => this.#take(answer));
    this.#worker.on('error', (error: Error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('the digests were not made to the end')));
  }

  /** Copies a piece of the body, and resolves when there was room for all of it. What resolves at once is no promise. */
  take(piece: Buffer): Promise<void> | undefined {
    return piece.length <= slotSize && this.#put(piece) ? undefined : this.#takeInParts(piece);
  }

  /** Ends the body. */
  end(): Promise<SeenDigests> {
    const seen = new Promise<SeenDigests>((resolve, reject) => this.#waiting.push({ resolve, reject }));
    seen.catch(() => {}); // asked for later, or never
    if (this.#failure) this.#fail(this.#failure);
    else this.#tell({ isOver: true });
    return seen;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  async #takeInParts(piece: Buffer): Promise<void> {
    for (let at = 0; at < piece.length; at += slotSize) {
      const part = piece.subarray(at, at + slotSize);
      while (!this.#put(part)) {
        if (this.#failure) throw this.#failure;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }

  #put(part: Buffer): boolean {
    const slot = this.#failure ? undefined : this.#free.pop();
    if (slot === undefined) return false;
    part.copy(Buffer.from(this.#memory, slot * slotSize, slotSize));
    this.#tell({ slot, length: part.length });
    return true;
  }

  #take(answer: DigestsAnswer): void {
    if ('free' in answer) {
      this.#free.push(answer.free);
      this.#wake();
    } else this.#waiting.shift()?.resolve(answer.seen);
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
    this.#wake();
  }

  #tell(message: DigestsMessage): void {
    this.#worker.postMessage(message);
  }
}
