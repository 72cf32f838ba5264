import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { FailureError } from '../engine/failure.ts';
import { shownName } from '../formats/name-bytes.ts';
import { type TarEntry, tarEnd, tarHeader, tarPadding } from '../formats/tar/tar-header.ts';
import type { BuildOrder } from './build-image.ts';
import { type ContextEntry, walkWithAttributes } from './context-walk.ts';
import type { ContextWitness } from './context-witness.ts';

import { deviceNumbers, isDevice } from './device-numbers.ts';
import { readIgnored } from './inspect/ignore-file.ts';

import type { PackedFile } from './pack-dockerfile.ts';

export type TarContext = {
  body: Readable;
  /** Why the folder could not be read to its end: the engine only sees a connection that breaks off. */
  problem(): Error | undefined;
};

/** Bytes of a large file that are read at once, and of small ones that are sent together. */
const pieceSize = 1024 * 1024;

/** Packs a folder as the docker CLI does, so that the classic builder finds what it built before in its cache. */
export function tarContext(
  order: BuildOrder,
  signal: AbortSignal,
  witness: ContextWitness,
  tellSent: (bytes: number) => void = () => {},
  packed: PackedFile[] = [],
): TarContext {
  let problem: Error | undefined;
  let sent = 0;
  async function* pieces() {
    try {
      for await (const piece of inLargePieces(tarPieces(order, witness, packed))) {
        yield piece;
        sent += piece.length;
        tellSent(sent);
      }
    } catch (error) {
      problem = error as Error;
      throw error;
    }
  }
  const body = Readable.from(pieces(), { objectMode: false, highWaterMark: pieceSize });
  body.on('error', () => {}); // an engine that refuses early closes the connection under us; the request tells why
  signal.addEventListener('abort', () => body.destroy(), { once: true });
  return { body, problem: () => problem };
}

async function* tarPieces(
  { folder, dockerfile, classicModes }: BuildOrder,
  witness: ContextWitness,
  packed: PackedFile[],
): AsyncGenerator<Buffer> {
  const hardLinks = new Map<bigint, string>();
  const exclude = await readIgnored(folder, '.dockerignore', dockerfile, 'classic');
  for await (const batch of walkWithAttributes(folder, { exclude, childrenAlone: true })) {
    for (const entry of batch) {
      const header = entryOf(entry, hardLinks, classicModes);
      if (!header || packed.some(({ name }) => name === entry.path)) continue;
      witness.saw(entry);
      yield tarHeader(header);
      if (header.size > 0) yield* contentOf(entry, header.size);
    }
  }
  for (const { name, content, mode, modified } of packed) {
    yield tarHeader({ name, kind: 'file', mode: modeOf({ mode: BigInt(mode) }, classicModes), size: content.length, modified });
    yield content;
    yield tarPadding(content.length);
  }
  yield tarEnd();
  witness.sent();
}

// A piece each for header, content and padding would be three messages to the engine for every small file.
async function* inLargePieces(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const piece of pieces) {
    held.push(piece);
    size += piece.length;
    if (size < pieceSize) continue;
    yield Buffer.concat(held);
    held = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(held);
}

async function* contentOf({ file, path }: ContextEntry, size: number): AsyncGenerator<Buffer> {
  const handle = await open(file);
  try {
    for (let sent = 0; sent < size; ) {
      // a file that grows while it is read must not run over the size that was announced
      const piece = await readPiece(handle, Math.min(pieceSize, size - sent));
      if (piece.length === 0) throw shrank(path);
      yield piece;
      sent += piece.length;
    }
  } finally {
    await handle.close();
  }
  yield tarPadding(size);
}

async function readPiece(handle: FileHandle, size: number): Promise<Buffer> {
  const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(size), 0, size);
  return buffer.subarray(0, bytesRead);
}

const shrank = (path: string): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: `${shownName(path)} was changed while it was sent`,
    detail: 'It got shorter, so that what the engine has of it is neither the old file nor the new one.',
    hint: 'Wait until nothing writes into the folder any more, then build again. Logs and the like belong into .dockerignore.',
  });

// The classic cache looks at name, mode, owner, size, kind, link target and capabilities, and not at the time of change.
function entryOf(entry: ContextEntry, hardLinks: Map<bigint, string>, modes: BuildOrder['classicModes']): TarEntry | undefined {
  const { path, stat, linkTarget, capabilities } = entry;
  // no tarball can hold a socket, under none of its names, and docker's command leaves it out, too
  if (stat.isSocket()) return undefined;
  const common = {
    name: path,
    mode: modeOf(stat, modes),
    size: 0,
    modified: Math.floor(Number(stat.mtimeMs) / 1000),
    // also a second name of a device has its numbers
    ...(isDevice(stat) && { device: deviceNumbers(stat.rdev) }),
    ...(capabilities && { attributes: new Map([['security.capability', capabilities]]) }),
  };
  if (stat.isDirectory()) return { ...common, name: `${path}/`, kind: 'folder' };
  if (linkTarget !== undefined) return { ...common, kind: 'symlink', linkName: linkTarget };
  const first = stat.nlink > 1n ? hardLinks.get(stat.ino) : undefined;
  if (first !== undefined) return { ...common, kind: 'hard-link', linkName: first };
  if (stat.nlink > 1n) hardLinks.set(stat.ino, path);
  if (stat.isFIFO()) return { ...common, kind: 'fifo' };
  if (isDevice(stat)) return { ...common, kind: stat.isBlockDevice() ? 'block-device' : 'character-device' };
  return { ...common, kind: 'file', size: Number(stat.size) };
}

// docker's command up to 23 also writes what kind of file it is, which the engine takes for a part of the mode
const modeOf = ({ mode }: Pick<ContextEntry['stat'], 'mode'>, modes: BuildOrder['classicModes']): number =>
  Number(modes === 'docker-20' ? mode & 0o177777n : mode & 0o7777n);
