import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { LogLine } from '../../../contract/task.ts';
import { lineBatches } from './line-batches.ts';

// A line that begins with this names the step that the following lines belong to. No program prints it at the start of a line.
const stepMark = '\u0001';
const errorMark = '\u0002';
/** Bytes written at once. */
const pieceSize = 128 * 1024;

/** Writes every line of a log to a file, however long the log gets. */
export class LogFile {
  readonly #file: string;
  #handle: Promise<FileHandle> | undefined;
  #written: Promise<void> = Promise.resolve();
  // Lines become bytes immediately, in reused memory: waiting strings would swell the heap.
  #piece: Buffer = Buffer.allocUnsafeSlow(pieceSize);
  #used = 0;
  readonly #spare: Buffer[] = [];
  #step: string | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  add(text: string, { step, isError }: Pick<LogLine, 'step' | 'isError'>): void {
    if (step !== this.#step) this.#append(`${stepMark}${step ?? ''}\n`);
    this.#step = step;
    if (isError) this.#append(errorMark);
    this.#append(text);
    this.#append('\n');
  }

  /** Resolves when everything is in the file. A full disk costs the stored log, not the task. */
  async end(): Promise<void> {
    this.#flush();
    await this.#written;
    await this.#handle?.then((handle) => handle.close()).catch(() => {});
  }

  #append(text: string): void {
    // a UTF-16 unit needs three bytes at most
    if (this.#used + text.length * 3 > this.#piece.length) this.#flush();
    if (text.length * 3 > this.#piece.length) this.#piece = Buffer.allocUnsafeSlow(text.length * 3);
    this.#used += this.#piece.write(text, this.#used);
  }

  #flush(): void {
    if (this.#used === 0) return;
    const [piece, length] = [this.#piece, this.#used];
    this.#piece = this.#spare.pop() ?? Buffer.allocUnsafeSlow(pieceSize);
    this.#used = 0;
    this.#handle ??= this.#open();
    const handle = this.#handle;
    this.#written = this.#written
      .then(async () => void (await (await handle).write(piece, 0, length)))
      .catch(() => {})
      .then(() => void (piece.length === pieceSize && this.#spare.push(piece)));
  }

  async #open(): Promise<FileHandle> {
    await mkdir(dirname(this.#file), { recursive: true });
    return open(this.#file, 'w', 0o600);
  }
}

/** The lines of a stored log, from the first. Rejects if there is none. */
export async function* readLogFile(file: string): AsyncGenerator<LogLine> {
  let number = 0;
  let step = '';
  for await (const lines of lineBatches(createReadStream(file))) {
    for (const line of lines) {
      if (line.startsWith(stepMark)) {
        step = line.slice(1);
        continue;
      }
      number += 1;
      const isError = line.startsWith(errorMark);
      yield { number, text: isError ? line.slice(1) : line, ...(step && { step }), ...(isError && { isError }) };
    }
  }
}
