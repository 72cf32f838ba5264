import { FailureError } from '../../../foundation/failures/failure.ts';

/** Why a registry must not be started: space is freed in it, or what it has is copied. */
type Why = 'collected' | 'copied';

/** The containers of registries that are being collected or copied. */
const worked = new Map<string, Why>();

/** Works on one's files, while nothing else starts it: what is pushed while its collector works could go with the rest. Rejects if somebody does so already. */
export async function whileCollecting<T>(containerId: string, act: () => Promise<T>, why: Why = 'collected'): Promise<T> {
  checkIsNotCollected(containerId);
  worked.set(containerId, why);
  try {
    return await act();
  } finally {
    worked.delete(containerId);
  }
}

/** Throws if a registry is being collected or copied. */
export function checkIsNotCollected(containerId: string): void {
  const why = worked.get(containerId);
  if (why) throw isBeingWorkedOn(why);
}

const isBeingWorkedOn = (why: Why): FailureError =>
  new FailureError({
    kind: 'in-use',
    title: why === 'collected' ? 'Space is being freed in the registry right now' : 'The registry’s images are being copied right now',
    detail: 'It’s stopped for a part of that, and starts again by itself.',
    hint: 'Wait until it has finished, then try again.',
  });
