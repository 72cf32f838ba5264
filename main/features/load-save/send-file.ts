import { on, once } from 'node:events';
import { versionedPath } from '../../foundation/engine/api-version.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { FailureError } from '../../foundation/failures/failure.ts';
import { lookAtTarball } from '../../foundation/image-archive/look-at-tarball.ts';
import { startThread } from '../../foundation/threads/start-thread.ts';
import type { LoadChanges, ReadArchive } from './parts-to-send.ts';
import type { SendingNews, SendingOrder } from './sending-worker.ts';

/** A file being sent to an engine. */
export type SendingFile<Line> = {
  /** The lines of the engine's answer. Throws a failure. */
  lines: AsyncGenerator<Line>;
  /** The file's size in bytes. */
  size: number;
  /** How many bytes of the file have been read. */
  position(): number;
  isSent(): boolean;
  /** Known once an archive has been read to its end. */
  read: ReadArchive;
};

type ReachedEngine = Pick<Engine, 'address' | 'product' | 'version' | 'spokenVersion'>;

type Sent = {
  path: string;
  /** Path and query of the request, without the API version: `/images/load?quiet=false`. */
  request: `/${string}`;
  /** For an archive of images; without it the file is sent as a system's files. */
  changes?: LoadChanges;
};

/**
 * Sends a file to an engine in a separate thread that reads, checks and writes; the main process only gets reports. The thread
 * ends with the signal, or when the lines are no longer read.
 */
export async function sendFile<Line extends object>(engine: ReachedEngine, { path, request, changes }: Sent, signal: AbortSignal) {
  const tarball = await lookAtTarball(path);
  const { address, product, version, spokenVersion } = engine;
  const order: SendingOrder = {
    tarball,
    request: versionedPath(spokenVersion, request),
    address,
    engine: { product, version },
    ...(changes && { changes }),
  };
  let position = 0;
  let isSent = false;
  const read: ReadArchive = { images: [], expected: [], keptBack: [] };
  async function* lines(): AsyncGenerator<Line> {
    const worker = startThread(new URL('./sending-worker.ts', import.meta.url), order);
    const ended = once(worker, 'exit');
    ended.catch(() => {}); // what it fails with is thrown below
    try {
      for await (const [news] of on(worker, 'message', { close: ['exit'], signal }) as AsyncIterable<[SendingNews]>) {
        if ('position' in news) position = news.position;
        else if ('isSent' in news) isSent = true;
        else if ('read' in news) Object.assign(read, news.read);
        else if ('line' in news) yield news.line as Line;
        else if ('failure' in news) throw new FailureError(news.failure);
        else return;
      }
      throw new Error('the file was not sent to its end');
    } finally {
      // it lets go of the file and the connection by itself, as what is under way in it must not be torn off
      worker.postMessage('stop');
      await ended.catch(() => {});
    }
  }
  const sending: SendingFile<Line> = { lines: lines(), size: tarball.size, position: () => position, isSent: () => isSent, read };
  return sending;
}
