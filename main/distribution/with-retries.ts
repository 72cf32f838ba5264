import { setTimeout as wait } from 'node:timers/promises';
import { RegistryError } from './registry-error.ts';

/** Times a passing failure is answered by another attempt. */
const attempts = 5;
/** Seconds a registry may ask one to wait before that counts as a refusal. */
const longestWait = 60;

/**
 * Does something again where a registry is busy, slow or cut off, after 1, 2, 4, 8 seconds or as long as the registry asks
 * for. `onWait` is told each second how many seconds are left, and 0 when the next attempt begins. What failed for good
 * rejects at once. An attempt that got further than the one before begins the count anew: `progress` says how far it is.
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
