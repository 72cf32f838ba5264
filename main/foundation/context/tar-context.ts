import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { FailureError } from '../failures/failure.ts';
import { shownName } from '../formats/name-bytes.ts';
import { type TarEntry, tarEnd, tarHeader, tarPadding } from '../formats/tar/tar-header.ts';
import type { BuildOrder } from './build-order.ts';
import { type ContextEntry, walkWithAttributes } from './context-walk.ts';
import type { ContextWitness } from './context-witness.ts';
import { deviceNumbers, isDevice } from './device-numbers.ts';
import { readIgnored, usualIgnoreFile } from './ignore-file.ts';
import type { PackedFile } from './pack-dockerfile.ts';

export type TarContext = {
  body: Readable;
  /** Why the folder could not be read to the end: the engine only sees that the connection breaks off. */
  problem(): Error | undefined;
};

/** How many bytes of a large file are read at once, and of small files sent together. */
const pieceSize = 1024 * 1024;

/** Packs a folder exactly as docker's command does, so that the classic builder finds its earlier results in the cache. */
export function tarContext(
  order: BuildOrder,
  signal: AbortSignal,
  witness: ContextWitness,
  onSent: (bytes: number) => void = () => {},
  packed: PackedFile[] = [],
): TarContext {
  let problem: Error | undefined;
  let sent = 0;
  async function* pieces() {
    try {
      for await (const piece of inLargePieces(tarPieces(order, witness, packed))) {
        yield piece;
        sent += piece.length;
        onSent(sent);
      }
    } catch (error) {
      problem = error as Error;
      throw error;
    }
  }
  const body = Readable.from(pieces(), { objectMode: false, highWaterMark: pieceSize });
  body.on('error', () => {}); // an engine that refuses early closes the connection; the request says why
  signal.addEventListener('abort', () => body.destroy(), { once: true });
  return { body, problem: () => problem };
}

async function* tarPieces(
  { folder, dockerfile, classicModes }: BuildOrder,
  witness: ContextWitness,
  packed: PackedFile[],
): AsyncGenerator<Buffer> {
  const hardLinks = new Map<bigint, string>();
  const exclude = await readIgnored(folder, usualIgnoreFile, dockerfile, 'classic');
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

// separate pieces for header, content and padding would mean three messages to the engine for every small file
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
      // if the file grows while it is read, no more than the announced size may be sent
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
    detail: 'It got shorter, so the engine has neither the old file nor the new one.',
    hint: 'Wait until nothing writes to the folder, then build again. Add logs and the like to .dockerignore.',
  });

// the classic cache compares name, mode, owner, size, kind, link target and capabilities, but not the modification time
function entryOf(entry: ContextEntry, hardLinks: Map<bigint, string>, modes: BuildOrder['classicModes']): TarEntry | undefined {
  const { path, stat, linkTarget, capabilities } = entry;
  // a tarball cannot hold a socket; docker's command leaves it out too
  if (stat.isSocket()) return undefined;
  const common = {
    name: path,
    mode: modeOf(stat, modes),
    size: 0,
    modified: Math.floor(Number(stat.mtimeMs) / 1000),
    // another name for a device has the numbers too
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

// docker's command up to version 23 also writes the file's kind, which the engine takes as part of the mode
const modeOf = ({ mode }: Pick<ContextEntry['stat'], 'mode'>, modes: BuildOrder['classicModes']): number =>
  Number(modes === 'docker-20' ? mode & 0o177777n : mode & 0o7777n);
