import { EventEmitter, once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { LogLine } from '../../contract/task.ts';
import { LogFile } from '../foundation/files/log-file.ts';
import { LogTail } from './log-tail.ts';

/** Milliseconds between two batches for a reader. */
const batchEvery = 40;
/** Lines in a batch; more at once would freeze the window. */
const batchLines = 1000;
/** How many lines a reader may fall behind before it skips to the end: nobody can read that fast. */
const mostBehind = 2000;
/** How many lines such a reader is shown: more than a screen holds. */
const glimpseLines = 100;
/** Milliseconds between two glimpses: drawing a screen of new lines leaves the window little time for anything else. */
const glimpseEvery = 150;

/** A task's log: its end in memory, and all of it in a file if one is given. */
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

  /** Resolves when the complete log is in its file. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#changes.emit('change');
    await this.#file?.end();
  }

  /**
   * Batches of the lines after number `after`, until the task ends or `signal` is aborted. A reader that falls far behind sees
   * only the newest lines, and at the end all lines that are still available.
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

// a progress bar redraws itself on the same line: only its last state is meant to stay
const lastDrawn = (line: string): string => (line.includes('\r') ? (line.replace(/\r+$/, '').split('\r').at(-1) ?? '') : line);
