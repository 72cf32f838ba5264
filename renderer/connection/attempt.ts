import { notifyFailure } from '../ui/notify-failure.tsx';
import { failureOf } from './failure-of.ts';

/** Runs what a click asked for and says in a toast why it did not work; undefined then. */
export async function attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    notifyFailure(failureOf(error));
    return undefined;
  }
}
