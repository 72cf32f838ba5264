import { createHash, type Hash, randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Engine } from '../../../foundation/engine/open-engine.ts';
import { requestStream } from '../../../foundation/engine/request.ts';
import { TarCutter } from '../../../foundation/formats/tar/tar-cutter.ts';
import type { TarMember } from '../../../foundation/formats/tar/tar-member.ts';
import type { OperationContext } from '../../../foundation/progress/operation-context.ts';
import { folderGotFull, folderNotWritable, unexpectedFile } from './folder-failures.ts';
import { folderInside, ownFolder } from './own-storage.ts';

type Source = {
  /** Of a registry that doesn't run: in one that does, Podman looks below the volume, and files change. */
  containerId: string;
  /** Bytes that it holds, if anybody knows. */
  total: number | undefined;
};

/** What was copied. `damaged`: blobs whose bytes aren't those that their names say; they are copied as they are. */
export type Copied = { files: number; bytes: number; damaged: string[] };

/**
 * Copies everything that a registry keeps into a folder without one, file by file, each blob checked by its digest. It comes under another name and gets its
 * own only when it is whole: whatever ends this before, nothing is left of it.
 */
export async function copyToFolder(
  engine: Engine,
  { containerId, total }: Source,
  path: string,
  { signal, report, log }: OperationContext,
): Promise<Copied> {
  const partial = join(path, `.layerdeck-copy-${randomBytes(6).toString('hex')}`);
  const copied: Copied = { files: 0, bytes: 0, damaged: [] };
  const tell = () =>
    report({
      phase: 'copying',
      bytes: { done: copied.bytes, ...(total !== undefined && { total: Math.max(total, copied.bytes) }) },
      ...(total !== undefined && total > 0 && { fraction: Math.min(1, copied.bytes / total) }),
    });
  try {
    await mkdir(partial);
    tell();
    const cutter = new TarCutter();
    let file: Writing | undefined;
    try {
      for await (const chunk of await readAll(engine, containerId, signal)) {
        signal.throwIfAborted();
        for (const piece of cutter.cut(chunk)) {
          if (piece.kind === 'head') {
            await file?.close(copied, log);
            tell();
            file = await beginFile(partial, piece.member);
          }
          if (piece.kind !== 'body' || !file) continue;
          copied.bytes += piece.bytes.length;
          const written = file.write(piece.bytes);
          if (!written) continue;
          await written;
          tell();
        }
      }
      cutter.finish();
      await file?.close(copied, log);
    } finally {
      await file?.abandon();
    }
    signal.throwIfAborted();
    await mkdir(join(partial, 'registry', 'v2'), { recursive: true });
    await rename(partial, join(path, ownFolder));
    return copied;
  } catch (error) {
    await rm(partial, { recursive: true, force: true }).catch(() => {}); // the disk went away
    signal.throwIfAborted();
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw folderGotFull(path, error);
    if (code === 'EACCES' || code === 'EPERM') throw folderNotWritable(path, error);
    throw error;
  }
}

/** A registry to which nothing was ever pushed has no such folder. */
async function readAll(engine: Engine, container: string, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
  try {
    const query = { path: `${folderInside}/registry` };
    return (await requestStream(engine.docker, { method: 'GET', path: `/containers/${container}/archive`, query, signal })) as Readable;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return (async function* () {})();
    throw error;
  }
}

/** Bytes that are written in one go. */
const writtenAtOnce = 1024 * 1024;

/** Names of distribution's files, which none may leave. */
const safeName = /^registry(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-]+)*\/?$/;
/** What was never finished is of no use elsewhere. */
const isUnfinished = /\/_uploads(?:\/|$)/;
const blob = /\/blobs\/sha256\/[0-9a-f]{2}\/([0-9a-f]{64})\/data$/;

async function beginFile(root: string, { name, kind }: TarMember): Promise<Writing | undefined> {
  if (isUnfinished.test(name)) return undefined;
  if (!safeName.test(name) || (kind !== 'file' && kind !== 'folder')) throw unexpectedFile(name);
  const target = join(root, ...name.split('/'));
  await mkdir(kind === 'folder' ? target : dirname(target), { recursive: true });
  if (kind === 'folder') return undefined;
  return new Writing(await open(target, 'wx'), blob.exec(name)?.[1]);
}

/** A file that comes piece by piece, and what its name says that its digest is. */
class Writing {
  readonly #file: FileHandle;
  readonly #expected: string | undefined;
  readonly #hash: Hash | undefined;
  readonly #waiting: Buffer[] = [];
  #length = 0;
  #isOpen = true;

  constructor(file: FileHandle, expected: string | undefined) {
    this.#file = file;
    this.#expected = expected;
    this.#hash = expected === undefined ? undefined : createHash('sha256');
  }

  /** Nothing is promised of small pieces, of which there are many: only what fills a whole write is waited for. */
  write(bytes: Buffer): Promise<void> | undefined {
    this.#hash?.update(bytes);
    // what a piece is in may be used again
    this.#waiting.push(Buffer.from(bytes));
    this.#length += bytes.length;
    return this.#length < writtenAtOnce ? undefined : this.#flush();
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#waiting.splice(0));
    this.#length = 0;
    await this.#file.writeFile(bytes);
  }

  /** Closes it and counts it. */
  async close(copied: Copied, log: OperationContext['log']): Promise<void> {
    if (!this.#isOpen) return;
    await this.#flush();
    await this.abandon();
    copied.files++;
    if (this.#expected === undefined || this.#hash?.digest('hex') === this.#expected) return;
    copied.damaged.push(`sha256:${this.#expected}`);
    log(`The file of sha256:${this.#expected} is damaged, and was so before`, { isError: true });
  }

  async abandon(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#file.close();
  }
}
