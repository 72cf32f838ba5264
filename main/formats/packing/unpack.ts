import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Packing } from '../../../contract/archive.ts';
import { refuseUnpacking } from './refuse-unpacking.ts';
import { unpackGzip } from './unpack-gzip.ts';
import { UnpackLimit } from './unpack-limit.ts';
import { unpackTwice } from './unpack-twice.ts';
import { unpackXz } from './unpack-xz.ts';
import { unpackZstd } from './unpack-zstd.ts';

const readSize = 256 * 1024;

/**
 * The unpacked bytes of a file, piece by piece. Throws a refusal where it is damaged, or unpacks to far more than honest files
 * do. Calls back with the place in the file up to which it has been read. xz is unpacked in the calling thread.
 */
export async function* unpack(path: string, packing: Packing, onRead: (position: number) => void): AsyncGenerator<Buffer> {
  const limit = new UnpackLimit((await stat(path)).size);
  try {
    const pieces = unpackers[packing](path, readSize, onRead);
    for await (const chunk of packing === 'none' ? pieces : unpackTwice(pieces)) {
      if (packing !== 'none') limit.count(chunk.length);
      yield chunk;
    }
  } catch (error) {
    throw refuseUnpacking(error);
  }
}

const unpackers: Record<Packing, typeof unpackZstd> = { none: readPlain, gzip: unpackGzip, zstd: unpackZstd, xz: unpackXz };

async function* readPlain(path: string, size: number, onRead: (position: number) => void): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: size });
  for await (const chunk of file) {
    onRead(file.bytesRead);
    yield chunk as Buffer;
  }
}
