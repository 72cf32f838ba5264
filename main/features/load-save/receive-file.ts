import { on, once } from 'node:events';
import { versionedPath } from '../../foundation/engine/api-version.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { FailureError } from '../../foundation/failures/failure.ts';
import type { Written } from '../../foundation/files/write-steadily.ts';
import { startThread } from '../../foundation/threads/start-thread.ts';
import type { ReceivingNews, ReceivingOrder } from './receiving-worker.ts';

export type Received = Pick<ReceivingOrder, 'path' | 'target' | 'checksum'> & {
  /** Path and query of the request, without the API version. */
  request: `/${string}`;
  /** Called up to ten times a second, and once with all. */
  onBytes(received: number, isAll: boolean): void;
};

/**
 * Writes a tarball that an engine sends into a new file, in a separate thread: the many small pieces that a connection brings would
 * otherwise keep the main process busy with collecting them. Resolves when all of it is on the disk; throws a failure. The file is
 * let go of in any case.
 */
export async function receiveFile(
  { address, spokenVersion }: Pick<Engine, 'address' | 'spokenVersion'>,
  { request, onBytes, ...file }: Received,
  signal: AbortSignal,
): Promise<Written> {
  const order: ReceivingOrder = { address, request: versionedPath(spokenVersion, request), ...file };
  const worker = startThread(new URL('./receiving-worker.ts', import.meta.url), order);
  const ended = once(worker, 'exit');
  ended.catch(() => {}); // what it fails with is thrown below
  try {
    for await (const [news] of on(worker, 'message', { close: ['exit'], signal }) as AsyncIterable<[ReceivingNews]>) {
      if ('failure' in news) throw new FailureError(news.failure);
      if ('written' in news) return news.written;
      onBytes(news.received, news.isAll);
    }
    throw new Error('the file was not received to its end');
  } finally {
    // it lets go of the file and the connection by itself, as what is under way in it must not be torn off
    worker.postMessage('stop');
    await ended.catch(() => {});
  }
}
