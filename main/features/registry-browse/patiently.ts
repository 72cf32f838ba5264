import { setTimeout as wait } from 'node:timers/promises';
import { RegistryError } from '../../foundation/registries/errors/registry-error.ts';

/** How often something is asked at most that was too much at once. */
const times = 4;
/** How often, and after how many milliseconds, something is asked again that a registry could not answer. */
const pauses = [100, 300];

/**
 * Asks again what a registry refused as too much at once; its pace is slower by then, and waits for as long as the registry wants. Asks twice more
 * after an error of its own: distribution 2.8 has one for a moment whenever somebody pushes the same image, as it rewrites its files in place.
 */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  let [tooMany, broken] = [0, 0];
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      if (error.status === 429 && ++tooMany < times) continue;
      const pause = error.status === 500 ? pauses[broken++] : undefined;
      if (pause === undefined) throw error;
      await wait(pause);
    }
  }
}
