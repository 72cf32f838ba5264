import type { ContextMap } from '../../../contract/context-map.ts';
import type { Builder } from '../../../contract/engine.ts';
import { FailureError } from '../../engine/failure.ts';
import { startWorker } from '../../engine/start-worker.ts';
import { ignoreFileOf } from './ignore-file.ts';
import type { InspectAnswer, InspectOrder } from './inspect-worker.ts';

/** What a build would send of a folder. Looks in a thread of its own, which ends with the signal. */
export async function inspectContext(
  folder: string,
  dockerfile: string,
  builder: Builder,
  signal: AbortSignal | undefined,
): Promise<ContextMap> {
  const order: InspectOrder = { folder, dockerfile, builder, ignoreFile: await ignoreFileOf(folder, dockerfile, builder) };
  signal?.throwIfAborted();
  const worker = startWorker('inspect-worker', order);
  try {
    const answer = await new Promise<InspectAnswer>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the folder was not looked at to the end')));
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    if ('failure' in answer) throw new FailureError(answer.failure);
    return answer.map;
  } finally {
    void worker.terminate();
  }
}
