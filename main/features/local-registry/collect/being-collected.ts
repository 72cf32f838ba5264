import { FailureError } from '../../../foundation/failures/failure.ts';

/** The containers of registries that are being collected. */
const collected = new Set<string>();

/** Collects one, while nothing else starts it: what is pushed while its collector works could go with the rest. Rejects if it is being collected already. */
export async function whileCollecting<T>(containerId: string, act: () => Promise<T>): Promise<T> {
  checkIsNotCollected(containerId);
  collected.add(containerId);
  try {
    return await act();
  } finally {
    collected.delete(containerId);
  }
}

/** Throws if a registry is being collected. */
export function checkIsNotCollected(containerId: string): void {
  if (collected.has(containerId)) throw isBeingCollected();
}

const isBeingCollected = (): FailureError =>
  new FailureError({
    kind: 'in-use',
    title: 'Space is being freed in the registry right now',
    detail: 'It’s stopped for a part of that, and starts again by itself.',
    hint: 'Wait until it has finished, then try again.',
  });
