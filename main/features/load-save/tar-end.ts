import { EngineStreamError } from '../../foundation/failures/engine-stream-error.ts';

/** How many zero bytes end every tarball. */
const endSize = 1024;

/**
 * Watches the end of a tarball that streams by. An engine that fails during a save has already answered HTTP 200, so it appends
 * its error as JSON to half a tarball and ends the answer as if all were well.
 */
export class TarEnd {
  #last: Buffer = Buffer.alloc(0);

  see(chunk: Buffer): void {
    this.#last = chunk.length >= endSize ? chunk.subarray(-endSize) : Buffer.concat([this.#last, chunk]).subarray(-endSize);
  }

  /** Throws the engine's error unless the tarball was complete. */
  check(): void {
    if (this.#last.length === endSize && this.#last.every((byte) => byte === 0)) return;
    const text = this.#last.toString('utf8');
    throw new EngineStreamError(
      /"message":"((?:[^"\\]|\\.)*)"\}/.exec(text)?.[1] ?? 'The engine’s answer ended in the middle of the file.',
    );
  }
}
