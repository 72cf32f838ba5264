import { setTimeout as wait } from 'node:timers/promises';
import { refusal } from './errors/registry-error.ts';

/** How many requests a host gets at the same time. */
const usual = 6;
/** So many answers without a complaint, and it gets one more at the same time again. */
const calmAfter = 20;
/** Seconds to leave a host alone that wants to be, and doesn't say for how long. */
const usualPause = 1;
/** The most seconds to wait for; whoever asks a host that wants more is told so at once. */
const longestPause = 60;

/**
 * How much one host is asked at the same time, by everything in the app together: six requests, and fewer after it has said that these are too
 * many. Layers that stream don't count: a copy inside one registry reads and writes at once, and would wait for itself.
 */
export class HostPace {
  #running = 0;
  #most = usual;
  #calm = 0;
  /** When it may be asked again, by the name of who was told so; others are not meant. */
  readonly #notBefore = new Map<string, number>();
  readonly #waiting: (() => void)[] = [];

  /** How many requests it gets at the same time now. */
  get most(): number {
    return this.#most;
  }

  /** Runs a request once it is its turn. Rejects without asking where the host wants to be left alone for longer than a minute. */
  async run<T>(url: string, who: string, request: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.#takeTurn(url, who, signal);
    try {
      return await request();
    } finally {
      this.#leave();
    }
  }

  /** The host answered, and did not complain. */
  noticeAnswer(): void {
    this.#calm += 1;
    if (this.#calm < calmAfter || this.#most >= usual) return;
    this.#calm = 0;
    this.#most += 1;
    this.#letIn();
  }

  /** The host said that these are too many requests (429), and perhaps when to ask again, in seconds. */
  slowDown(who: string, retryAfter = usualPause): void {
    this.#calm = 0;
    this.#most = Math.max(1, Math.floor(this.#most / 2));
    this.#notBefore.set(who, Math.max(this.#notBefore.get(who) ?? 0, Date.now() + retryAfter * 1000));
  }

  /** Whoever the host wants to be left alone by waits outside: others are not meant. */
  async #takeTurn(url: string, who: string, signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      await this.#sitOut(url, who, signal);
      await this.#enter(signal);
      // it may have said so in the meantime
      if (this.#leftFor(who) <= 0) return;
      this.#leave();
    }
  }

  #leave(): void {
    this.#running -= 1;
    this.#letIn();
  }

  async #enter(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.#running < this.#most) {
      this.#running += 1;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const giveUp = () => {
      const place = this.#waiting.indexOf(resolve);
      // whoever was let in a moment ago waits no longer, and nobody else is meant
      if (place >= 0) this.#waiting.splice(place, 1);
      reject(signal?.reason);
    };
    this.#waiting.push(resolve);
    signal?.addEventListener('abort', giveUp, { once: true });
    await promise;
    signal?.removeEventListener('abort', giveUp);
  }

  #letIn(): void {
    while (this.#running < this.#most) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#running += 1;
      next();
    }
  }

  async #sitOut(url: string, who: string, signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      const left = this.#leftFor(who);
      if (left <= 0) break;
      if (left > longestPause * 1000) throw refusal('GET', url, 429, '', String(Math.ceil(left / 1000)));
      await wait(left, undefined, { signal });
    }
    this.#notBefore.delete(who);
  }

  /** Milliseconds for which the host wants to be left alone by somebody. */
  #leftFor(who: string): number {
    return (this.#notBefore.get(who) ?? 0) - Date.now();
  }
}

/** One for each host that was ever asked. */
const paces = new Map<string, HostPace>();

/** The pace at which everything in the app asks a host, by its origin. */
export function paceOf(origin: string): HostPace {
  const pace = paces.get(origin) ?? new HostPace();
  paces.set(origin, pace);
  return pace;
}
