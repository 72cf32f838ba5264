import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';

export type Params = Record<string, unknown>;
type Reply = { id?: number; method?: string; params?: Params; result?: unknown; error?: { message: string }; sessionId?: string };
type Waiting = { resolve(result: unknown): void; reject(error: Error): void };

/** Speaks the Chrome DevTools Protocol over the two pipes of `--remote-debugging-pipe`. Events: `<session>:<method>`, `closed`. */
export class Cdp extends EventEmitter {
  #writer: Writable;
  #sequence = 0;
  #waiting = new Map<number, Waiting>();
  #parts: Buffer[] = [];

  constructor(writer: Writable, reader: Readable) {
    super();
    this.#writer = writer;
    this.setMaxListeners(0);
    reader.on('data', (chunk: Buffer) => this.#read(chunk));
    reader.on('close', () => this.#close());
    // Chromium may end before we do: its exit is reported, not EPIPE
    writer.on('error', () => {});
    reader.on('error', () => {});
  }

  /** Asks and waits for the answer. */
  send<Result = Params>(method: string, params: Params = {}, sessionId?: string): Promise<Result> {
    const id = ++this.#sequence;
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
      this.#write({ id, method, params, sessionId });
    });
  }

  /** Sends without waiting for the answer: no promise for each of 50,000 messages a second. */
  post(method: string, params: Params, sessionId?: string): void {
    this.#write({ id: ++this.#sequence, method, params, sessionId });
  }

  #write(message: object): void {
    if (this.#writer.writable) this.#writer.write(`${JSON.stringify(message)}\0`);
  }

  #read(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
      this.#parts.push(chunk.subarray(start, end));
      start = end + 1;
      this.#dispatch(JSON.parse(Buffer.concat(this.#parts.splice(0)).toString()) as Reply);
    }
    if (start < chunk.length) this.#parts.push(chunk.subarray(start));
  }

  #dispatch({ id, method, params, result, error, sessionId }: Reply): void {
    if (id === undefined) {
      this.emit(`${sessionId ?? ''}:${method}`, params);
      return;
    }
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new Error(error.message));
    else waiting?.resolve(result);
  }

  #close(): void {
    // pending calls never settle: the whole app is about to end, and a rejection would look like a failure of its own
    this.#waiting.clear();
    this.emit('closed');
  }
}
