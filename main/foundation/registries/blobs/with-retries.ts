import { setTimeout as wait } from 'node:timers/promises';
import { RegistryError } from '../errors/registry-error.ts';

/** How many attempts are made when failures are temporary. */
const attempts = 5;
/** The most seconds that a registry may ask to wait; more counts as a refusal. */
const longestWait = 60;

/**
 * Repeats an attempt if a registry is busy or slow or the connection breaks, after 1, 2, 4, 8 seconds or as long as the registry
 * asks. `onWait` is called each second with the seconds left, and with 0 when the next attempt begins. A permanent failure
 * rejects at once. An attempt that gets further than the one before, by `progress`, restarts the count.
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  { signal, onWait, progress = () => 0 }: { signal: AbortSignal; onWait?(seconds: number): void; progress?(): number },
): Promise<T> {
  let left = attempts;
  let reached = progress();
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      if (progress() > reached) left = attempts;
      reached = progress();
      left -= 1;
      const seconds = error instanceof RegistryError && error.isPassing ? secondsUntilNext(error, attempts - left) : undefined;
      if (seconds === undefined || seconds > longestWait || left === 0) throw error;
      for (let remaining = seconds; remaining > 0; remaining--) {
        onWait?.(remaining);
        await wait(1000, undefined, { signal });
      }
      onWait?.(0);
    }
  }
}

const secondsUntilNext = ({ retryAfter }: RegistryError, failed: number): number => retryAfter ?? 2 ** (failed - 1);
