import { on } from 'node:events';
import { FailureError } from '../failures/failure.ts';
import { excessive, RefusedArchive } from '../formats/refused-archive.ts';
import { endThread } from '../threads/end-thread.ts';
import { startThread } from '../threads/start-thread.ts';
import type { ArchiveAnswer, ArchiveOrder } from './archive-worker.ts';
import type { DescribedArchive } from './describe-archive.ts';

type Reading = Exclude<ArchiveAnswer, { kind: 'failed' }>;

/** The most milliseconds that reading may take: even xz, the slowest, unpacks some 60 GB in that time. */
const mostTime = 10 * 60 * 1000;

/** Reads what is in a file in a thread of its own, which ends with the signal or when nobody listens any more. */
export async function* readInThread(path: string, signal?: AbortSignal): AsyncGenerator<Reading> {
  signal?.throwIfAborted();
  const order: ArchiveOrder = { path };
  const worker = startThread(new URL('./archive-worker.ts', import.meta.url), order);
  const late = AbortSignal.timeout(mostTime);
  try {
    const until = AbortSignal.any([late, ...(signal ? [signal] : [])]);
    const answers = on(worker, 'message', { close: ['exit'], signal: until }) as AsyncIterable<[ArchiveAnswer]>;
    for await (const [answer] of answers) {
      if (answer.kind === 'failed') throw new FailureError(answer.failure);
      yield answer;
      if (answer.kind === 'described') return;
    }
    throw new Error('the file was not read to the end');
  } catch (error) {
    const refused = refusalFor(error, late.aborted && !signal?.aborted);
    if (!refused) throw signal?.aborted ? signal.reason : error;
    yield { kind: 'described', archive: refused };
  } finally {
    await endThread(worker);
  }
}

function refusalFor(error: unknown, isLate: boolean): DescribedArchive | undefined {
  const { title, reason } = isLate ? tooLong : tooMuch;
  const isTooMuch = (error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY';
  return isLate || isTooMuch ? { preview: { kind: 'refused', title, reason } } : undefined;
}

const tooMuch = excessive('there are more descriptions than fit into memory');
const tooLong = new RefusedArchive(
  'The file takes too long to read',
  'It wasn’t finished after ten minutes. Unpack it first and drop the result here.',
);
