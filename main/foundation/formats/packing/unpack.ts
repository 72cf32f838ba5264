import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Packing } from '../../../../contract/archive.ts';
import type { Tarball } from './look-at-file.ts';
import { refuseUnpacking } from './refuse-unpacking.ts';
import { unpackBzip2 } from './unpack-bzip2.ts';
import { unpackGzip } from './unpack-gzip.ts';
import { UnpackLimit } from './unpack-limit.ts';
import { unpackTwice } from './unpack-twice.ts';
import { unpackXz } from './unpack-xz.ts';
import { unpackZstd } from './unpack-zstd.ts';

/** Bytes read at once: with half as many, loading a gigabyte takes 4 % longer; with twice as many, main holds 50 MB more. */
const readSize = 512 * 1024;

type Unpacker = (tarball: Tarball, readSize: number, onRead: (position: number) => void) => AsyncGenerator<Buffer>;

type Reading = {
  /** Called with the position up to which the file has been read. */
  onRead(position: number): void;
  /** Whether each piece is finished with before the one after the next is asked for, so that memory can be reused. */
  isBrief?: boolean;
};

/**
 * The unpacked bytes of a file, piece by piece. Throws a refusal if it is damaged or unpacks to far more than honest files
 * do. Xz and bzip2 are unpacked in the calling thread.
 */
export async function* unpack(tarball: Tarball, { onRead, isBrief = false }: Reading): AsyncGenerator<Buffer> {
  const { packing, size } = tarball;
  const limit = new UnpackLimit(size);
  try {
    const read = packing === 'none' && isBrief ? readIntoSame : unpackers[packing];
    const pieces = read(tarball, readSize, onRead);
    for await (const chunk of packing === 'none' ? pieces : unpackTwice(pieces)) {
      if (packing !== 'none') limit.count(chunk.length);
      yield chunk;
    }
  } catch (error) {
    throw refuseUnpacking(error);
  }
}

const unpackers: Record<Packing, Unpacker> = {
  none: readPlain,
  gzip: unpackGzip,
  zstd: unpackZstd,
  xz: unpackXz,
  bzip2: unpackBzip2,
};

async function* readPlain({ path }: Tarball, size: number, onRead: (position: number) => void): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: size });
  for await (const chunk of file) {
    onRead(file.bytesRead);
    yield chunk as Buffer;
  }
}

/**
 * The bytes of a file as they are, read ahead into the same memory again and again. A piece is valid until the one after the next
 * is asked for.
 */
async function* readIntoSame({ path }: Tarball, size: number, onRead: (position: number) => void): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    const buffers = [1, 2, 3].map(() => Buffer.allocUnsafeSlow(size));
    const read = (turn: number) => file.read(buffers[turn % buffers.length] as Buffer, 0, size);
    let position = 0;
    let next = read(0);
    for (let turn = 1; ; turn++) {
      const { bytesRead, buffer } = await next;
      if (bytesRead === 0) return;
      next = read(turn);
      next.catch(() => {}); // thrown when it is its turn
      position += bytesRead;
      onRead(position);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
