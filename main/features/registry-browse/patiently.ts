import { RegistryError } from '../../foundation/registries/errors/registry-error.ts';

/** How often something is asked again that was too much at once. */
const times = 4;

/** Asks again what a registry refused as too much at once; its pace is slower by then, and waits for as long as the registry wants. */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let left = times; ; left--) {
    try {
      return await ask();
    } catch (error) {
      if (left <= 1 || !(error instanceof RegistryError) || error.status !== 429) throw error;
    }
  }
}
