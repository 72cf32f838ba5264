import { setTimeout as wait } from 'node:timers/promises';
import { answersAt } from './answers-at.ts';

/** Milliseconds between two questions: often while one waits for a program, seldom for one that takes long. */
const pauses = { first: 150, later: 2000, patience: 30_000 };

/** Which ports of running containers answer: each is asked until it does, once for each start. */
export class AnsweringPorts {
  readonly #starts = new Map<string, { answering: Set<number>; stop: AbortController }>();
  readonly #onAnswer: () => void;

  constructor(onAnswer: () => void) {
    this.#onAnswer = onAnswer;
  }

  /** Those of a start that answer; from now on they are asked. `start` names a container and when it was started. */
  of(start: string, ports: readonly number[]): ReadonlySet<number> {
    const known = this.#starts.get(start);
    if (known) return known.answering;
    const { answering, stop } = { answering: new Set<number>(), stop: new AbortController() };
    this.#starts.set(start, { answering, stop });
    for (const port of ports) void this.#ask(port, answering, stop.signal);
    return answering;
  }

  /** Asks no longer about what has ended: any start that isn't among these. */
  keepOnly(starts: ReadonlySet<string>): void {
    for (const [start, { stop }] of this.#starts) {
      if (starts.has(start)) continue;
      stop.abort();
      this.#starts.delete(start);
    }
  }

  async #ask(port: number, answering: Set<number>, signal: AbortSignal): Promise<void> {
    const begin = performance.now();
    while (!signal.aborted) {
      if (await answersAt(port, signal)) {
        answering.add(port);
        this.#onAnswer();
        return;
      }
      const pause = performance.now() - begin < pauses.patience ? pauses.first : pauses.later;
      await wait(pause, undefined, { signal, ref: false }).catch(() => {});
    }
  }
}
