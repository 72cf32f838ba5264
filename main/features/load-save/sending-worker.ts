import { parentPort, workerData } from 'node:worker_threads';
import type { EngineFacts } from '../../../contract/engine.ts';
import type { Failure } from '../../../contract/failure.ts';
import type { VersionedPath } from '../../foundation/engine/api-version.ts';
import type { EngineAddress } from '../../foundation/engine/open-engine.ts';
import { toFailure } from '../../foundation/failures/failure.ts';
import type { Tarball } from '../../foundation/formats/packing/look-at-file.ts';
import { explainLoadError } from './explain-load-error.ts';
import { type LoadChanges, partsToImport, partsToLoad, type ReadArchive } from './parts-to-send.ts';
import { postParts } from './post-parts.ts';

/** What is sent where: images with changes to their lists, or a system's files. */
export type SendingOrder = {
  tarball: Tarball;
  request: VersionedPath;
  address: EngineAddress;
  engine: Pick<EngineFacts, 'product' | 'version'>;
  changes?: LoadChanges;
};

export type SendingNews =
  /** How many bytes of the file have been read so far. */
  { position: number } | { isSent: true } | { line: object } | { read: ReadArchive } | { isOver: true } | { failure: Failure };

const { tarball, request, address, engine, changes } = workerData as SendingOrder;
/** Milliseconds between two messages about how much has been read. */
const reportEvery = 50;
let told = 0;
let read: ReadArchive | undefined;

const tell = (news: SendingNews): void => parentPort?.postMessage(news);

function tellPosition(position: number): void {
  const now = performance.now();
  if (now - told < reportEvery) return;
  told = now;
  tell({ position });
}

async function* watched(): AsyncGenerator<Uint8Array> {
  for await (const part of changes ? partsToLoad(tarball, changes) : partsToImport(tarball)) {
    if ('read' in part) {
      read = part.read;
      tell(part);
      continue;
    }
    tellPosition(part.position);
    yield part.bytes;
  }
  tell({ isSent: true });
}

async function send(): Promise<void> {
  const stopping = new AbortController();
  // any message means that nobody wants it any more
  parentPort?.once('message', () => stopping.abort());
  try {
    for await (const line of postParts(address, request, watched(), stopping.signal)) tell({ line });
    tell({ isOver: true });
  } catch (error) {
    tell({ failure: toFailure(explainLoadError(error, read?.images ?? [], engine)) });
  } finally {
    parentPort?.close();
  }
}

void send();
