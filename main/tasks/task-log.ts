import { EventEmitter, once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { LogLine } from '../../contract/task.ts';
import { LogFile } from '../engine/log-file.ts';
import { LogTail } from './log-tail.ts';

/** Milliseconds between two batches for a reader. */
const batchEvery = 40;
/** Lines of one batch; a window that got more at once would stand still. */
const batchLines = 1000;
/** Lines that a reader may be behind before it is brought to the end: nobody reads along at that speed. */
const mostBehind = 2000;
/** Lines that such a reader is shown: more than a screen has. */
const glimpseLines = 100;
/** Milliseconds between two glimpses: a window that draws a screen of new lines has little time for anything else. */
const glimpseEvery = 150;

/** The log of one task: its end in memory, and all of it in a file where one is given. */
export class TaskLog {
  #ended = false;
  readonly #tail = new LogTail();
  readonly #file: LogFile | undefined;
  readonly #changes = new EventEmitter<{ change: [] }>().setMaxListeners(0);

  constructor(file?: string) {
    this.#file = file === undefined ? undefined : new LogFile(file);
  }

  get count(): number {
    return this.#tail.count;
  }

  add(text: string, options: Pick<LogLine, 'step' | 'isError'> = {}): void {
    for (const line of text.split(/\r?\n/)) {
      const drawn = lastDrawn(line);
      this.#tail.add(drawn, options);
      this.#file?.add(drawn, options);
    }
    this.#changes.emit('change');
  }

  /** Resolves when the whole log is in its file. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#changes.emit('change');
    await this.#file?.end();
  }

  /**
   * Batches of the lines after number `after`, until the task ends or `signal` is aborted. A reader that falls far behind
   * sees the newest lines only, and at the end once more all that are still there.
   */
  async *follow(after: number, signal: AbortSignal | undefined): AsyncGenerator<LogLine[]> {
    let seen = after;
    let hasSkipped = false;
    while (!signal?.aborted) {
      const isFarBehind = !this.#ended && this.count - seen > mostBehind;
      if (isFarBehind) seen = this.count - glimpseLines;
      else if (this.#ended && hasSkipped) seen = after;
      hasSkipped = isFarBehind || (hasSkipped && !this.#ended);
      const lines = this.#tail.after(seen, batchLines);
      const last = lines.at(-1);
      if (last) {
        seen = last.number;
        yield lines;
        await wait(isFarBehind ? glimpseEvery : batchEvery);
      } else if (this.#ended) return;
      else await once(this.#changes, 'change', signal ? { signal } : {}).catch(() => {});
    }
  }
}

// a progress bar draws itself again and again in one line: only its last state was meant to stay
const lastDrawn = (line: string): string => (line.includes('\r') ? (line.replace(/\r+$/, '').split('\r').at(-1) ?? '') : line);
