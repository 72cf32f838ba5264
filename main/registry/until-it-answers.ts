import { setTimeout as wait } from 'node:timers/promises';
import { FailureError } from '../engine/failure.ts';

/** Milliseconds the registry may take for its first answer. */
const answerWithin = 15_000;

/** Resolves once the registry answers: its container runs a moment before it does. */
export async function untilItAnswers(address: string, signal?: AbortSignal): Promise<void> {
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

/** What is said of a registry that never answered. */
export const didNotStart = (): FailureError =>
  new FailureError({
    kind: 'registry-unreachable',
    title: 'The registry was started but does not answer',
    detail: 'Its container runs or has ended, and nothing answers at its address.',
    hint: 'Stop it and start it again.',
  });
