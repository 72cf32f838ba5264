import { createReadStream, createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { LogLine } from '../../contract/task.ts';

// A line that begins with this names the step that the following lines belong to. No program prints it at a line's beginning.
const stepMark = '\u0001';
const errorMark = '\u0002';
/** Characters that are written at once. */
const pieceSize = 64 * 1024;

/** Writes every line of a log to a file, however long the log gets; only the end of it stays in memory. */
export class LogFile {
  readonly #file: string;
  #stream: WriteStream | undefined;
  #piece = '';
  #step: string | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  add(text: string, { step, isError }: Pick<LogLine, 'step' | 'isError'>): void {
    if (step !== this.#step) this.#piece += `${stepMark}${step ?? ''}\n`;
    this.#step = step;
    this.#piece += `${isError ? errorMark : ''}${text}\n`;
    if (this.#piece.length >= pieceSize) this.#flush();
  }

  /** Resolves when all of it is in the file. */
  async end(): Promise<void> {
    this.#flush();
    await new Promise<void>((resolve) => (this.#stream ? this.#stream.end(resolve) : resolve()));
  }

  #flush(): void {
    if (this.#piece === '') return;
    this.#stream ??= this.#open();
    this.#stream.write(this.#piece);
    this.#piece = '';
  }

  #open(): WriteStream {
    mkdirSync(dirname(this.#file), { recursive: true });
    // a full disk costs the kept log, not the task
    return createWriteStream(this.#file).on('error', () => {});
  }
}

/** The lines of a kept log, from the first. Rejects where there is none. */
export async function* readLogFile(file: string): AsyncGenerator<LogLine> {
  let number = 0;
  let step = '';
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (line.startsWith(stepMark)) {
      step = line.slice(1);
      continue;
    }
    number += 1;
    const isError = line.startsWith(errorMark);
    yield { number, text: isError ? line.slice(1) : line, ...(step && { step }), ...(isError && { isError }) };
  }
}
