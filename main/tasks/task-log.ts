import { EventEmitter, once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { LogLine } from '../../contract/task.ts';

/** Lines kept of one task: the newest; the window is told the true number of each. */
const keptLines = 20_000;
/** Characters of one line: a program may print megabytes without a line break. */
const longestLine = 4000;
/** Milliseconds between two batches for a reader. */
const batchEvery = 40;

/** The bounded log of one task. */
export class TaskLog {
  #lines: LogLine[] = [];
  #count = 0;
  #ended = false;
  readonly #changes = new EventEmitter<{ change: [] }>().setMaxListeners(0);

  get count(): number {
    return this.#count;
  }

  add(text: string, options: Pick<LogLine, 'step' | 'isError'> = {}): void {
    for (const line of text.split(/\r?\n/)) {
      this.#count += 1;
      this.#lines.push({ number: this.#count, text: lastDrawn(line).slice(0, longestLine), ...options });
    }
    // cut in large pieces: moving the whole array for each line would be quadratic
    if (this.#lines.length > keptLines * 1.25) this.#lines = this.#lines.slice(-keptLines);
    this.#changes.emit('change');
  }

  end(): void {
    this.#ended = true;
    this.#changes.emit('change');
  }

  /** Batches of the lines after number `after`, until the task ends or `signal` is aborted. */
  async *follow(after: number, signal: AbortSignal | undefined): AsyncGenerator<LogLine[]> {
    let seen = after;
    while (!signal?.aborted) {
      const lines = this.#after(seen);
      if (lines.length > 0) {
        seen = this.#count;
        yield lines;
        await wait(batchEvery);
      } else if (this.#ended) return;
      else await once(this.#changes, 'change', signal ? { signal } : {}).catch(() => {});
    }
  }

  #after(seen: number): LogLine[] {
    const fresh = this.#count - seen;
    return fresh <= 0 ? [] : this.#lines.slice(-fresh);
  }
}

// a progress bar draws itself again and again in one line: only its last state was meant to stay
const lastDrawn = (line: string): string => line.replace(/\r+$/, '').split('\r').at(-1) ?? '';
