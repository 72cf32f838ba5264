import type { ContextMap } from '../../../../contract/context-map.ts';
import type { Builder } from '../../../../contract/engine.ts';
import { FailureError } from '../../failures/failure.ts';
import { endThread } from '../../threads/end-thread.ts';
import { startThread } from '../../threads/start-thread.ts';
import { ignoreFileOf } from '../ignore-file.ts';
import type { InspectAnswer, InspectOrder } from './inspect-worker.ts';

/** What a build would send from a folder. Works in a separate thread, which the signal ends. */
export async function inspectContext(
  folder: string,
  dockerfile: string,
  builder: Builder,
  signal: AbortSignal | undefined,
): Promise<ContextMap> {
  const order: InspectOrder = { folder, dockerfile, builder, ignoreFile: await ignoreFileOf(folder, dockerfile, builder) };
  signal?.throwIfAborted();
  const worker = startThread(new URL('./inspect-worker.ts', import.meta.url), order);
  try {
    const answer = await new Promise<InspectAnswer>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the folder was not read to the end')));
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    if ('failure' in answer) throw new FailureError(answer.failure);
    return answer.map;
  } finally {
    void endThread(worker);
  }
}
