import { EngineStreamError } from '../engine/ndjson.ts';

/** Zero bytes that end every tarball. */
const endSize = 1024;

/**
 * Watches the end of a tarball that streams by. An engine that fails in the middle of a save has already answered
 * HTTP 200: it adds its error as JSON to half a tarball and ends the answer as if all was well.
 */
export class TarEnd {
  #last: Buffer = Buffer.alloc(0);

  see(chunk: Buffer): void {
    this.#last = chunk.length >= endSize ? chunk.subarray(-endSize) : Buffer.concat([this.#last, chunk]).subarray(-endSize);
  }

  /** Throws the engine's error unless the tarball was whole. */
  check(): void {
    if (this.#last.length === endSize && this.#last.every((byte) => byte === 0)) return;
    const text = this.#last.toString('utf8');
    throw new EngineStreamError(
      /"message":"((?:[^"\\]|\\.)*)"\}/.exec(text)?.[1] ?? 'The engine’s answer ended in the middle of the file.',
    );
  }
}
