import { EventEmitter, once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { LogLine } from '../../contract/task.ts';
import { LogFile } from '../engine/log-file.ts';

/** Lines kept of one task: the newest; the window is told the true number of each. */
const keptLines = 20_000;
/** Characters kept of one task. */
const keptCharacters = 8_000_000;
/** Characters of one line: a program may print megabytes without a line break. */
const longestLine = 4000;
/** Milliseconds between two batches for a reader. */
const batchEvery = 40;
/** Lines of one batch; a window that got more at once would stand still. */
const batchLines = 1000;
/** Lines that a reader may be behind before it is brought to the end: nobody reads along at that speed. */
const mostBehind = 5000;

/** The log of one task: its end in memory, and all of it in a file where one is given. */
export class TaskLog {
  #lines: LogLine[] = [];
  #characters = 0;
  #count = 0;
  #ended = false;
  readonly #file: LogFile | undefined;
  readonly #changes = new EventEmitter<{ change: [] }>().setMaxListeners(0);

  constructor(file?: string) {
    this.#file = file === undefined ? undefined : new LogFile(file);
  }

  get count(): number {
    return this.#count;
  }

  add(text: string, options: Pick<LogLine, 'step' | 'isError'> = {}): void {
    for (const line of text.split(/\r?\n/)) {
      const shown = lastDrawn(line).slice(0, longestLine);
      this.#count += 1;
      this.#characters += shown.length;
      this.#lines.push({ number: this.#count, text: shown, ...options });
      this.#file?.add(lastDrawn(line), options);
    }
    // cut in large pieces: moving the whole array for each line would be quadratic
    if (this.#lines.length > keptLines * 1.25) this.#keep(keptLines);
    else if (this.#characters > keptCharacters) this.#keep(this.#lines.length >> 1);
    this.#changes.emit('change');
  }

  /** Resolves when the whole log is in its file. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#changes.emit('change');
    await this.#file?.end();
  }

  /** Batches of the lines after number `after`, until the task ends or `signal` is aborted. */
  async *follow(after: number, signal: AbortSignal | undefined): AsyncGenerator<LogLine[]> {
    let seen = after;
    while (!signal?.aborted) {
      const lines = this.#after(seen);
      const last = lines.at(-1);
      if (last) {
        seen = last.number;
        yield lines;
        await wait(batchEvery);
      } else if (this.#ended) return;
      else await once(this.#changes, 'change', signal ? { signal } : {}).catch(() => {});
    }
  }

  #keep(most: number): void {
    this.#lines = this.#lines.slice(-most);
    this.#characters = this.#lines.reduce((sum, { text }) => sum + text.length, 0);
  }

  #after(seen: number): LogLine[] {
    const fresh = this.#count - seen;
    if (fresh <= 0) return [];
    if (!this.#ended && fresh > mostBehind) return this.#lines.slice(-batchLines);
    const start = Math.max(0, this.#lines.length - fresh);
    return this.#lines.slice(start, start + batchLines);
  }
}

// a progress bar draws itself again and again in one line: only its last state was meant to stay
const lastDrawn = (line: string): string => line.replace(/\r+$/, '').split('\r').at(-1) ?? '';
