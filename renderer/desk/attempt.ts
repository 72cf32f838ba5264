import { failureOf } from '../connection/failure-of.ts';
import { notifyFailure } from '../ui/notify-failure.tsx';

/** Runs what a click asked for. If that fails, a toast says why, and the result is undefined. */
export async function attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    notifyFailure(failureOf(error));
    return undefined;
  }
}
