import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Packing } from '../../contract/archive.ts';
import { readStart } from '../formats/image-archive/read-start.ts';
import { refuseFile } from '../formats/image-archive/refuse-file.ts';
import { detectPacking } from '../formats/packing/detect-packing.ts';
import { unpackFile } from '../formats/packing/unpack-file.ts';
import { checkWhole } from '../formats/tar/check-whole.ts';
import { rewriteTar, tarFile } from '../formats/tar/rewrite-tar.ts';
import { leaveOutNames, mayListNames } from './leave-out-names.ts';
import { ListForDocker } from './list-for-docker.ts';

/** What is sent to an engine, and how far in the file it is. */
export type TarballBody = {
  stream: Readable;
  /** Bytes of the file. */
  size: number;
  /** Bytes of the file that were read. */
  position(): number;
};

const readSize = 256 * 1024;

/** The file as it is, but unpacked where engines may not know how: zstd before Docker 23, and xz, which needs a program beside them. */
export async function plainTarball(path: string): Promise<TarballBody> {
  const { packing, size } = await lookAt(path);
  if (packing !== 'zstd' && packing !== 'xz') {
    const file = createReadStream(path, { highWaterMark: readSize });
    return { stream: file, size, position: () => file.bytesRead };
  }
  return madeTarball(size, (onRead) => unpackFile(path, packing, onRead));
}

/**
 * The same for files of a system, which no digest proves whole: half a tarball would become half a system without a word. That of
 * a packed one is found by who unpacks it.
 */
export async function wholeTarball(path: string): Promise<TarballBody> {
  const { packing, size } = await lookAt(path);
  return packing === 'gzip' ? plainTarball(path) : madeTarball(size, (onRead) => checkWhole(unpackFile(path, packing, onRead)));
}

type Changes = {
  /** Names that are not given. */
  keptBack: ReadonlySet<string>;
  /** The engine's. */
  platform: string;
  found: Set<string>;
};

/**
 * The file with its lists of images changed: without the names in `keptBack`, of which those that were there are added to
 * `found`, and with a list for docker where there is only one for other tools.
 */
export async function changedTarball(path: string, { keptBack, platform, found }: Changes): Promise<TarballBody> {
  const { packing, size } = await lookAt(path);
  const missing = new ListForDocker();
  const rewriting = {
    isWanted: mayListNames,
    rewrite: (entry: string, body: Buffer) => {
      const left = leaveOutNames(entry, body, keptBack);
      for (const name of left.found) found.add(name);
      return left.text;
    },
    see: missing.see.bind(missing),
    append: () => {
      const list = missing.make(keptBack, platform);
      return list ? tarFile('manifest.json', list) : [];
    },
  };
  return madeTarball(size, (onRead) => rewriteTar(unpackFile(path, packing, onRead), rewriting));
}

async function lookAt(path: string): Promise<{ packing: Packing; size: number }> {
  const { size } = await stat(path);
  const start = await readStart(path);
  const packing = detectPacking(start);
  if (!packing) throw refuseFile(start, size);
  return { packing, size };
}

function madeTarball(size: number, make: (onRead: (position: number) => void) => AsyncIterable<Buffer>): TarballBody {
  let position = 0;
  const pieces = make((now) => {
    position = now;
  });
  return { stream: Readable.from(joinSmall(pieces), { objectMode: false }), size, position: () => position };
}

// headers of 512 bytes one by one would cost a write each
async function* joinSmall(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const piece of pieces) {
    parts.push(piece);
    length += piece.length;
    if (length < readSize) continue;
    yield Buffer.concat(parts);
    parts = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(parts);
}
