import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { endMessage } from './end-when-asked.ts';

/** Milliseconds in which a thread that is asked to end does so, unless it hangs. */
const patience = 2000;

/**
 * Ends a thread and resolves when it is gone. It is asked to end itself between two steps of its work, since V8 does not always
 * survive being stopped from outside in the middle of one; only a thread that does not hear is stopped so.
 */
export async function endThread(worker: Worker): Promise<void> {
  if (hasEnded(worker)) return;
  const stopWaiting = new AbortController();
  const ended = once(worker, 'exit', { signal: stopWaiting.signal }).catch(() => {});
  worker.postMessage(endMessage);
  await Promise.race([ended, wait(patience, undefined, { signal: stopWaiting.signal, ref: false }).catch(() => {})]);
  stopWaiting.abort();
  if (!hasEnded(worker)) await worker.terminate();
}

/** Node gives an ended thread this number. */
const hasEnded = (worker: Worker): boolean => worker.threadId === -1;
