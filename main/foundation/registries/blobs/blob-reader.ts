import type { Readable } from 'node:stream';
import { cutOff } from '../../formats/refused-archive.ts';
import { RegistryError, troubleAt, unreachable } from '../errors/registry-error.ts';
import { withRetries } from './with-retries.ts';

export type BlobSource = {
  /** In bytes. */
  size: number;
  /** A repository that has it, from which the same registry can mount it; absent for a file. */
  at?: { registry: string; repository: string };
  /** The bytes, starting at an offset. */
  open(from: number, signal: AbortSignal): Promise<Readable>;
};

type Options = { signal: AbortSignal; onWait?(seconds: number): void };

/** How many times in a row a source may break off without giving a byte. */
const mostCuts = 5;

/**
 * Reads a blob's bytes in order. If the source breaks off, it is opened again at the same position, without the consumer
 * noticing; the same happens when reading continues at another position. Rejects if the source keeps breaking off, or for good.
 */
export class BlobReader {
  readonly #source: BlobSource;
  readonly #options: Options;
  #stream: Readable | undefined;
  #chunks: AsyncIterator<Buffer> | undefined;
  #position = 0;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: BlobSource, options: Options) {
    this.#source = source;
    this.#options = options;
  }

  /** At most `most` bytes, starting at an offset. */
  async *read(from: number, most = Number.POSITIVE_INFINITY): AsyncGenerator<Buffer> {
    if (from !== this.#position) this.#moveTo(from);
    const end = Math.min(this.#source.size, from + most);
    while (this.#position < end) {
      const chunk = this.#rest.length > 0 ? this.#rest : await this.#next();
      const part = chunk.subarray(0, end - this.#position);
      this.#rest = chunk.subarray(part.length);
      this.#position += part.length;
      yield part;
    }
  }

  close(): void {
    this.#stream?.destroy();
    this.#chunks = undefined;
  }

  #moveTo(position: number): void {
    this.close();
    this.#rest = Buffer.alloc(0);
    this.#position = position;
  }

  async #next(): Promise<Buffer> {
    for (let cuts = 1; ; cuts++) {
      try {
        if (!this.#chunks) await this.#open();
        const { value, done } = (await this.#chunks?.next()) ?? { done: true };
        if (!done && value !== undefined) return value;
        throw this.#endedTooEarly();
      } catch (error) {
        this.#options.signal.throwIfAborted();
        if (!isCut(error)) throw error;
        this.close();
        if (cuts === mostCuts) throw this.#named(error);
      }
    }
  }

  async #open(): Promise<void> {
    const { signal } = this.#options;
    const stream = await withRetries(() => this.#source.open(this.#position, signal), this.#options);
    // an error while nobody reads must not end the program; the next read gets it
    stream.on('error', () => {});
    this.#stream = stream;
    this.#chunks = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  }

  #endedTooEarly(): Error {
    const { at } = this.#source;
    return at ? troubleAt('GET', `https://${at.registry}/v2/${at.repository}/blobs/`, 'cut', 'it ended too early') : cutOff();
  }

  #named(error: unknown): unknown {
    const { at } = this.#source;
    const named =
      error instanceof RegistryError || !at ? error : unreachable('GET', `https://${at.registry}/v2/${at.repository}/blobs/`, error);
    if (named instanceof RegistryError) named.registry ??= at?.registry;
    return named;
  }
}

const isCut = (error: unknown): boolean => {
  if (error instanceof RegistryError) return error.isPassing;
  return /^(?:UND_ERR_|ECONNRESET|EPIPE|ETIMEDOUT)/.test((error as { code?: string }).code ?? '');
};
