import { parentPort, workerData } from 'node:worker_threads';
import type { Failure } from '../../../contract/failure.ts';
import { toFailure } from '../failures/failure.ts';
import { endWhenAsked } from '../threads/end-when-asked.ts';
import { type DescribedArchive, describeArchive } from './describe-archive.ts';

export type ArchiveOrder = { path: string };
export type ArchiveAnswer =
  | { kind: 'reading'; done: number; total: number }
  | { kind: 'described'; archive: DescribedArchive }
  | { kind: 'failed'; failure: Failure };

/** Milliseconds between two progress reports. */
const tellEvery = 100;
let told = performance.now();

const answer = (message: ArchiveAnswer): void => parentPort?.postMessage(message);

function tellProgress(done: number, total: number): void {
  const now = performance.now();
  if (now - told < tellEvery) return;
  told = now;
  answer({ kind: 'reading', done, total });
}

endWhenAsked();
describeArchive((workerData as ArchiveOrder).path, tellProgress).then(
  (archive) => answer({ kind: 'described', archive }),
  (error) => answer({ kind: 'failed', failure: toFailure(error) }),
);
