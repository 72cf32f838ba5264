import { cutOff, RefusedArchive } from '../formats/refused-archive.ts';
import type { FoundRecord } from './found-record.ts';
import { readInThread } from './read-in-thread.ts';
import type { PartSource } from './read-part.ts';

/** The build records in a file, and where their parts are read from. */
export type OpenedRecords = { source: PartSource; records: FoundRecord[] };

/** Finds, in a thread of its own, the build records in a file, and checks all of it. Rejects with an explanation if there are none. */
export async function openRecordFile(path: string, signal?: AbortSignal): Promise<OpenedRecords> {
  for await (const answer of readInThread(path, signal)) {
    if (answer.kind !== 'described') continue;
    const { preview, tarball, records, hasFilled } = answer.archive;
    if (tarball && records) return { source: { tarball, hasFilled: hasFilled ?? false }, records };
    const { title, reason } = preview.kind === 'refused' ? preview : noRecord;
    throw new RefusedArchive(title, reason);
  }
  throw cutOff();
}

const noRecord = {
  title: 'The file holds no build record',
  reason: 'Layerdeck reads those that docker buildx history export writes. Drop the file on the window to see what it is.',
};
