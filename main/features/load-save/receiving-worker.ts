import { parentPort, workerData } from 'node:worker_threads';
import type { Failure } from '../../../contract/failure.ts';
import type { VersionedPath } from '../../foundation/engine/api-version.ts';
import { askInThread } from '../../foundation/engine/ask-in-thread.ts';
import type { EngineAddress } from '../../foundation/engine/open-engine.ts';
import { toFailure } from '../../foundation/failures/failure.ts';
import { type Written, writeSteadily } from '../../foundation/files/write-steadily.ts';
import { packersFor } from '../../foundation/formats/packing/packers.ts';
import { TarEnd } from './tar-end.ts';

/** Which tarball of an engine goes into which new file. */
export type ReceivingOrder = {
  address: EngineAddress;
  request: VersionedPath;
  path: string;
  /** The file's name at the end, which says how it is packed. */
  target: string;
  checksum: boolean;
};

export type ReceivingNews =
  /** How many bytes the engine has sent so far, and whether that is all. */
  { received: number; isAll: boolean } | { written: Written } | { failure: Failure };

const { address, request, path, target, checksum } = workerData as ReceivingOrder;
/** Milliseconds between two messages about how much has come. */
const reportEvery = 100;

const tell = (news: ReceivingNews): void => parentPort?.postMessage(news);

async function receive(signal: AbortSignal): Promise<Written> {
  const source = await askInThread(address, request, signal);
  let received = 0;
  const end = new TarEnd();
  const see = (chunk: Buffer) => {
    received += chunk.length;
    end.see(chunk);
  };
  source.once('end', () => tell({ received, isAll: true }));
  const look = setInterval(() => received > 0 && !source.readableEnded && tell({ received, isAll: false }), reportEvery);
  try {
    const written = await writeSteadily(path, [source, ...packersFor(target)], { see, checksum, signal });
    end.check();
    return written;
  } finally {
    clearInterval(look);
  }
}

const stopping = new AbortController();
// any message means that nobody wants it any more
parentPort?.once('message', () => stopping.abort());
receive(stopping.signal)
  .then(
    (written) => tell({ written }),
    (error) => tell({ failure: toFailure(error) }),
  )
  .finally(() => parentPort?.close());
