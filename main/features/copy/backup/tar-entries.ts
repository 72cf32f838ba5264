import type { FileHandle } from 'node:fs/promises';
import { blockSize, isHeader, parseHeader } from '../../../foundation/formats/tar/parse-header.ts';
import { parsePaxRecords } from '../../../foundation/formats/tar/pax-records.ts';

/** A file in a tarball: where its header and its bytes begin, and where the next header would. */
export type TarFile = { name: string; start: number; offset: number; size: number; end: number };

/** The most bytes of a header with a long name or size. */
const longestRecords = 64 * 1024;

/**
 * The files of a tarball that Layerdeck wrote, in order, without their bytes. Ends at the first place where there is no whole header: that is
 * how far a file was written that somebody stopped.
 */
export async function* tarFiles(handle: FileHandle): AsyncGenerator<TarFile> {
  const { size: all } = await handle.stat();
  const block = Buffer.alloc(blockSize);
  let records = new Map<string, string>();
  let start = 0;
  for (let at = 0; at + blockSize <= all; ) {
    await handle.read(block, 0, blockSize, at);
    if (!isHeader(block)) return;
    const { name, size: told, typeFlag } = parseHeader(block);
    const size = Number(records.get('size') ?? told);
    if (!Number.isSafeInteger(size) || size < 0) return;
    const offset = at + blockSize;
    const end = offset + Math.ceil(size / blockSize) * blockSize;
    if (typeFlag === 'x') {
      if (size > longestRecords || end > all) return;
      const body = Buffer.alloc(size);
      await handle.read(body, 0, size, offset);
      records = parsePaxRecords(body);
    } else {
      if (typeFlag === '0' || typeFlag === '\0') yield { name: records.get('path') ?? name, start, offset, size, end };
      records = new Map();
      start = end;
    }
    at = end;
  }
}

const chunkSize = 1024 * 1024;

/** The bytes of a part of a file, piece by piece. Ends early if the file does. */
export async function* bytesOf(handle: FileHandle, { offset, size }: Pick<TarFile, 'offset' | 'size'>): AsyncGenerator<Buffer> {
  for (let at = 0; at < size; ) {
    const chunk = Buffer.allocUnsafe(Math.min(chunkSize, size - at));
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, offset + at);
    if (bytesRead === 0) return;
    yield chunk.subarray(0, bytesRead);
    at += bytesRead;
  }
}

export const pathOfBlob = (digest: string): string => `blobs/${digest.replace(':', '/')}`;

export const digestOfPath = (name: string): string | undefined => {
  const [, algorithm, hash] = /^blobs\/([a-z0-9.+_-]{1,40})\/([A-Za-z0-9=_-]{32,128})$/.exec(name) ?? [];
  return algorithm && `${algorithm}:${hash}`;
};
