import { on, once } from 'node:events';
import { FailureError } from '../../../foundation/failures/failure.ts';
import { joinPieces, ownMemory } from '../../../foundation/formats/packing/joined-pieces.ts';
import { startThread } from '../../../foundation/threads/start-thread.ts';
import type { ReadingNews, ReadingOrder } from './reading-order.ts';
import { endHashing, makeHashMemory } from './shared-hash.ts';

export type Reading = {
  order: ReadingOrder;
  /** The stored bytes of a layer that is passed on. */
  pieces?: AsyncIterable<Buffer>;
  onRead(bytes: number): void;
  /** A layer that was indexed. */
  onLayer?(layer: Extract<ReadingNews, { kind: 'layer' }>): void;
};

/** Bytes passed on at once. */
const pieceSize = 1024 * 1024;

/** Reads layers in a thread of its own. Resolves when all is done; throws a failure. The signal ends it. */
export async function readInThread({ order, pieces, onRead, onLayer }: Reading, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  // what comes from a disk or an engine comes faster than one thread digests it
  const hashMemory =
    order.task.kind === 'index' && (order.place.kind === 'engine' || order.place.kind === 'archive') ? makeHashMemory() : undefined;
  if (hashMemory) startThread(new URL('./hash-worker.ts', import.meta.url), hashMemory).on('error', () => endHashing(hashMemory));
  const worker = startThread(new URL('./reading-worker.ts', import.meta.url), { ...order, ...(hashMemory && { hashMemory }) });
  const ended = once(worker, 'exit');
  ended.catch(() => {}); // what it fails with is thrown below
  const passing = pieces && joinPieces(pieces, ownMemory(pieceSize));
  try {
    for await (const [news] of on(worker, 'message', { close: ['exit'], signal }) as AsyncIterable<[ReadingNews]>) {
      if (news.kind === 'failed') throw new FailureError(news.failure);
      if (news.kind === 'done') return;
      if (news.kind === 'read') onRead(news.bytes);
      else if (news.kind === 'layer') onLayer?.(news);
      else {
        const { value, done } = (await passing?.next()) ?? { done: true };
        const piece = done || !value ? undefined : value;
        worker.postMessage({ piece }, piece ? [piece.buffer] : []);
      }
    }
    throw new Error('the layers were not read to their end');
  } finally {
    // it lets go of connection and files by itself, as what is under way in it must not be torn off
    worker.postMessage('stop');
    await passing?.return(undefined);
    await ended.catch(() => {});
    if (hashMemory) endHashing(hashMemory);
  }
}
