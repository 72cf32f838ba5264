import { readFile } from 'node:fs/promises';
import type * as z from 'zod';
import { writeWhole } from './write-whole.ts';

/**
 * A small file that outlives the app: read through a schema, written whole, one change after another, readable by its owner only.
 * The only way the app stores JSON.
 */
export class JsonFile<T> {
  readonly #path: string;
  readonly #schema: z.ZodType<T>;
  #queue: Promise<void> = Promise.resolve();
  #waiting: { value: () => T; written: Promise<void> } | undefined;

  constructor(path: string, schema: z.ZodType<T>) {
    this.#path = path;
    this.#schema = schema;
  }

  /** Undefined at the first start, and if somebody broke the file. */
  async read(): Promise<T | undefined> {
    try {
      return this.#schema.parse(JSON.parse(await readFile(this.#path, 'utf8')));
    } catch {
      return undefined;
    }
  }

  /** Asks for the value when its turn comes, so that several writes in a row become one. Rejects with the system's error. */
  write(value: () => T): Promise<void> {
    if (this.#waiting) {
      this.#waiting.value = value;
      return this.#waiting.written;
    }
    const waiting = { value, written: Promise.resolve() };
    this.#waiting = waiting;
    waiting.written = this.#inTurn(() => {
      this.#waiting = undefined;
      return writeWhole(this.#path, JSON.stringify(waiting.value()));
    });
    return waiting.written;
  }

  /** Reads, changes and writes in one turn. */
  change(change: (now: T | undefined) => T): Promise<void> {
    return this.#inTurn(async () => writeWhole(this.#path, JSON.stringify(change(await this.read()))));
  }

  /** Resolves when every requested change is on the disk or has failed. */
  settled(): Promise<void> {
    return this.#queue;
  }

  #inTurn(act: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(act);
    // a failed one does not block the next
    this.#queue = done.catch(() => {});
    return done;
  }
}
