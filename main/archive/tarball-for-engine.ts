import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Packing } from '../../contract/archive.ts';
import { type ArchiveIndex, isList } from '../formats/image-archive/archive-index.ts';
import { cleanName } from '../formats/image-archive/clean-name.ts';
import type { FoundImage } from '../formats/image-archive/found-image.ts';
import { readStart } from '../formats/image-archive/read-start.ts';
import { refuseFile } from '../formats/image-archive/refuse-file.ts';
import { detectPacking } from '../formats/packing/detect-packing.ts';
import { unpackFile } from '../formats/packing/unpack-file.ts';
import { checkWhole } from '../formats/tar/check-whole.ts';
import { rewriteTar } from '../formats/tar/rewrite-tar.ts';
import type { TarMember } from '../formats/tar/tar-member.ts';
import { type ExpectedImage, listsToSend, type Receiver } from './lists-to-send.ts';
import { WatchedArchive } from './watched-archive.ts';

/** What is sent to an engine, and how far in the file it is. */
export type TarballBody = {
  stream: Readable;
  /** Bytes of the file. */
  size: number;
  /** Bytes of the file that were read. */
  position(): number;
};

const readSize = 256 * 1024;
/** Bytes from which on a piece is sent as it is. */
const largePiece = 32 * 1024;

/**
 * The files of a system, which no digest proves whole: half a tarball would become half a system without a word. That of gzip is
 * found by the engine, which unpacks it; others are unpacked here, as engines may not know how.
 */
export async function tarballToImport(path: string): Promise<TarballBody> {
  const { packing, size } = await lookAt(path);
  if (packing !== 'gzip') return madeTarball(size, (onRead) => checkWhole(unpackFile(path, packing, onRead)));
  const file = createReadStream(path, { highWaterMark: readSize });
  return { stream: file, size, position: () => file.bytesRead };
}

export type LoadChanges = Receiver & {
  /** Whether each byte has a long way to go. */
  isFar: boolean;
};

/** What is known once a tarball was read to its end. */
export type ReadArchive = { images: FoundImage[]; expected: ExpectedImage[]; keptBack: string[] };

/**
 * The images of a file, unpacked, as engines may not know how: zstd before Docker 23, and xz, which needs a program beside them.
 * Lists of images come last and are our own, so that the engine reads in them what the preview shows, without what is kept back.
 * It ends before its end where a layer is not what its image says: an engine makes nothing of half a tarball.
 */
export async function tarballToLoad(path: string, { isFar, ...receiver }: LoadChanges): Promise<TarballBody & { read: ReadArchive }> {
  const { packing, size } = await lookAt(path);
  const read: ReadArchive = { images: [], expected: [], keptBack: [] };
  const watched = new WatchedArchive();
  const rewriting = {
    isLeftOut: (member: TarMember) => isOwnList(member) || leadsNowhereYet(member, watched.index),
    see: watched.see.bind(watched),
    append: async () => {
      const found = await watched.finish();
      const { files, ...rest } = listsToSend(found, receiver);
      Object.assign(read, { images: found.images, ...rest });
      return files;
    },
  };
  const body = madeTarball(size, (onRead) => thenClose(rewriteTar(unpackFile(path, packing, onRead), rewriting), watched));
  return { ...(isFar && packing !== 'none' ? packedLightly(body) : body), read };
}

const isOwnList = ({ name, kind }: TarMember): boolean => kind !== 'folder' && isList(cleanName(name) ?? '');

// docker makes a hard link when it comes, and takes nothing of the file where what it leads to has not come yet
const leadsNowhereYet = ({ kind, linkName }: TarMember, { members, isFull }: ArchiveIndex): boolean =>
  kind === 'hard-link' && !isFull && !members.has(cleanName(linkName) ?? '');

// what was packed need not go through a network unpacked; compose hands on what goes wrong
const packedLightly = (body: TarballBody): TarballBody => ({
  ...body,
  stream: body.stream.compose(createGzip({ level: 1 })),
});

async function lookAt(path: string): Promise<{ packing: Packing; size: number }> {
  const { size } = await stat(path);
  const start = await readStart(path);
  const packing = detectPacking(start);
  if (!packing) throw refuseFile(start, size, basename(path));
  return { packing, size };
}

/** Also when nobody wants the rest. */
async function* thenClose<T>(pieces: AsyncIterable<T>, watched: WatchedArchive): AsyncGenerator<T> {
  try {
    yield* pieces;
  } finally {
    await watched.close();
  }
}

function madeTarball(size: number, make: (onRead: (position: number) => void) => AsyncIterable<Buffer>): TarballBody {
  let position = 0;
  const pieces = make((now) => {
    position = now;
  });
  return {
    stream: Readable.from(joinSmall(pieces), { objectMode: false }),
    size,
    position: () => position,
  };
}

// headers of 512 bytes one by one would cost a write each; large pieces are not worth another copy
async function* joinSmall(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const piece of pieces) {
    parts.push(piece);
    length += piece.length;
    if (length < readSize && piece.length < largePiece) continue;
    if (piece.length >= largePiece) {
      parts.pop();
      if (parts.length > 0) yield Buffer.concat(parts);
      yield piece;
    } else yield Buffer.concat(parts);
    parts = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(parts);
}
