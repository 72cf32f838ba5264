import { setTimeout as wait } from 'node:timers/promises';
import { FailureError } from '../../foundation/failures/failure.ts';

/** Milliseconds that the registry may take for its first answer. */
const answerWithin = 15_000;

/** Resolves once the registry answers, which is a moment after its container has started. */
export async function waitUntilReady(address: string, signal?: AbortSignal): Promise<void> {
  const late = AbortSignal.timeout(answerWithin);
  const until = signal ? AbortSignal.any([signal, late]) : late;
  while (!until.aborted) {
    const ok = await fetch(`http://${address}/v2/`, { signal: until }).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ok) return;
    await wait(100, undefined, { signal: until }).catch(() => {});
  }
  signal?.throwIfAborted();
  throw didNotStart();
}

/** The failure for a registry that never answered. */
export const didNotStart = (): FailureError =>
  new FailureError({
    kind: 'registry-unreachable',
    title: 'The registry was started but doesn’t answer',
    detail: 'Nothing answers at its address. Its container may have ended.',
    hint: 'Stop it and start it again.',
  });
