import type { RecordedBuild } from '../../../foundation/buildkit/recorded-build.ts';
import type { OperationContext } from '../../../foundation/progress/operation-context.ts';
import { partsOfThread } from '../../../foundation/threads/parts-of-thread.ts';
import type { FiledOrder, FiledPart } from './read-filed.ts';

/** Reads a build record of a file in a thread of its own; the build's output goes to `log`, without the values that sound secret. */
export async function readFiledBuild(order: FiledOrder, log: OperationContext['log'], signal?: AbortSignal): Promise<RecordedBuild> {
  for await (const part of partsOfThread<FiledPart>(new URL('./filed-worker.ts', import.meta.url), order)) {
    signal?.throwIfAborted();
    if ('recorded' in part) return part.recorded;
    for (const { text, step } of part.lines) log(text, step === undefined ? {} : { step });
  }
  throw new Error('the build record was not read to the end');
}
