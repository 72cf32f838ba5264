import { Readable } from 'node:stream';
import { parentPort, workerData } from 'node:worker_threads';
import type { Failure } from '../../../../contract/failure.ts';
import { toFailure } from '../../../foundation/failures/failure.ts';
import { type Written, writeSteadily } from '../../../foundation/files/write-steadily.ts';
import type { Tarball } from '../../../foundation/formats/packing/look-at-file.ts';
import { packersFor } from '../../../foundation/formats/packing/packers.ts';
import { unpack } from '../../../foundation/formats/packing/unpack.ts';
import { tarFile } from '../../../foundation/formats/tar/rewrite-tar.ts';
import { type SuitcaseNote, suitcaseNote, suitcaseNoteName } from '../../../foundation/image-archive/suitcase-note.ts';
import { listsToSend } from '../lists-to-send.ts';
import { rewriteArchive } from '../rewrite-archive.ts';

/** Which archive is written anew without which layers, for whom, into which new file. */
export type PackingOrder = {
  tarball: Tarball;
  /** Names of layers in the archive. */
  leftOut: ReadonlySet<string>;
  note: SuitcaseNote;
  /** What wrote the archive: each writes names in its own way. */
  product: 'Docker' | 'Podman';
  /** Of the other computer. */
  platform: string;
  path: string;
  /** The file's name at the end, which says how it is packed. */
  target: string;
  checksum: boolean;
};

export type PackingNews =
  /** How far the archive has been read. */
  { position: number } | { written: Written } | { failure: Failure };

const { tarball, leftOut, note, product, platform, path, target, checksum } = workerData as PackingOrder;
/** Milliseconds between two messages about how much has been read. */
const reportEvery = 100;

const tell = (news: PackingNews): void => parentPort?.postMessage(news);

async function pack(signal: AbortSignal): Promise<Written> {
  let position = 0;
  const onRead = (now: number) => {
    position = now;
  };
  const bytes = rewriteArchive(unpack(tarball, { onRead }), leftOut, (found) => {
    // docker's list only: an OCI layout has to be whole
    const { files } = listsToSend({ ...found, topEntries: [] }, { product, platform, keptBack: new Set() });
    return [...files, ...tarFile(suitcaseNoteName, Buffer.from(suitcaseNote(note)))];
  });
  const look = setInterval(() => tell({ position }), reportEvery);
  try {
    const source = Readable.from(bytes, { objectMode: false, highWaterMark: 1024 * 1024 });
    return await writeSteadily(path, [source, ...packersFor(target)], { checksum, signal });
  } finally {
    clearInterval(look);
  }
}

const stopping = new AbortController();
// any message means that nobody wants it any more
parentPort?.once('message', () => stopping.abort());
pack(stopping.signal)
  .then(
    (written) => tell({ written }),
    (error) => tell({ failure: toFailure(error) }),
  )
  .finally(() => parentPort?.close());
