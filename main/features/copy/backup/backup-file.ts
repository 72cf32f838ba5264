import { constants } from 'node:fs';
import { type FileHandle, lstat, open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import pLimit from 'p-limit';
import { DigestCheck } from '../../../foundation/formats/digest.ts';
import { tarEnd, tarHeader, tarPadding } from '../../../foundation/formats/tar/tar-header.ts';
import { bytesOf, digestOfPath, pathOfBlob, type TarFile, tarFiles } from './tar-entries.ts';

/** What is in an unfinished file has a name of its own beside the final one. */
export const partOf = (target: string): string => join(dirname(target), `.${basename(target).slice(0, 200)}.layerdeck-backup`);

/** Removes what is unfinished of a backup, if anything is. What somebody else put there under this name stays, such as a link. */
export async function removeUnfinished(target: string): Promise<void> {
  const path = partOf(target);
  const facts = await lstat(path).catch(() => undefined);
  if (facts?.isFile()) await rm(path);
}

// somebody may have put a link to another file under this name
const withoutFollowing = constants.O_RDWR | (constants.O_NOFOLLOW ?? 0);

const layout = { name: 'oci-layout', text: JSON.stringify({ imageLayoutVersion: '1.0.0' }) };
/** Says whose backup it is, so that another one isn't gone on with. */
const noteOf = (registry: string) => ({ name: 'layerdeck-backup.json', text: JSON.stringify({ version: 1, registry }) });

/**
 * A backup that is being written: a tarball in OCI's layout to which blobs are added one after another. One that was stopped is gone on with:
 * each blob in it is checked by its digest, and what follows the last good one goes.
 */
export class BackupFile {
  readonly #handle: FileHandle;
  readonly #blobs = new Map<string, Pick<TarFile, 'offset' | 'size'>>();
  readonly #inTurn = pLimit(1);
  #end = 0;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Opens the unfinished file of a registry, or begins one. `onChecked` is called with the bytes that were checked. */
  static async open(path: string, registry: string, signal: AbortSignal, onChecked: (done: number, total: number) => void) {
    const handle = await open(path, withoutFollowing).catch(() => open(path, 'wx+', 0o644));
    const file = new BackupFile(handle);
    try {
      await file.#begin(registry, signal, onChecked);
      return file;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  has(digest: string): boolean {
    return this.#blobs.has(digest);
  }

  get blobs(): number {
    return this.#blobs.size;
  }

  /** All bytes of a blob that is in it. */
  async read(digest: string): Promise<Buffer> {
    const at = this.#blobs.get(digest);
    if (!at) throw new Error(`no ${digest}`);
    const parts: Buffer[] = [];
    for await (const part of bytesOf(this.#handle, at)) parts.push(part);
    return Buffer.concat(parts);
  }

  /** Adds a blob whose bytes are checked by whoever gives them. If they break off, the file is as it was before. */
  add(digest: string, size: number, bytes: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#blobs.has(digest)) return;
      const offset = await this.#write(pathOfBlob(digest), size, bytes);
      this.#blobs.set(digest, { offset, size });
    });
  }

  /** Writes what the file begins with for its readers, and has all of it on the disk. */
  async finish(index: string): Promise<void> {
    const bytes = Buffer.from(index);
    await this.#write('index.json', bytes.length, [bytes]);
    await this.#put(tarEnd());
    await this.#handle.truncate(this.#end);
    await this.#handle.sync();
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  async #begin(registry: string, signal: AbortSignal, onChecked: (done: number, total: number) => void): Promise<void> {
    const { size: total } = await this.#handle.stat();
    const first = [layout, noteOf(registry)];
    let isOwn = false;
    for await (const file of tarFiles(this.#handle)) {
      signal.throwIfAborted();
      const expected = first.shift();
      const digest = digestOfPath(file.name);
      const isGood = expected
        ? await this.#holds(file, expected)
        : isOwn && digest !== undefined && (await this.#isWhole(file, digest, signal));
      if (!isGood || file.end > total) break;
      isOwn = first.length === 0;
      if (digest !== undefined) this.#blobs.set(digest, { offset: file.offset, size: file.size });
      this.#end = file.end;
      onChecked(file.end, total);
    }
    if (!isOwn) {
      this.#blobs.clear();
      this.#end = 0;
    }
    await this.#handle.truncate(this.#end);
    if (isOwn) return;
    for (const { name, text } of [layout, noteOf(registry)]) await this.#write(name, Buffer.byteLength(text), [Buffer.from(text)]);
  }

  async #holds(file: TarFile, { name, text }: { name: string; text: string }): Promise<boolean> {
    if (file.name !== name || file.size !== Buffer.byteLength(text)) return false;
    for await (const bytes of bytesOf(this.#handle, file)) return bytes.toString() === text;
    return false;
  }

  async #isWhole(file: TarFile, digest: string, signal: AbortSignal): Promise<boolean> {
    const check = new DigestCheck(digest);
    for await (const bytes of bytesOf(this.#handle, file)) {
      signal.throwIfAborted();
      check.update(bytes);
    }
    return check.isRight;
  }

  async #write(name: string, size: number, bytes: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<number> {
    const start = this.#end;
    try {
      await this.#put(tarHeader({ name, kind: 'file', mode: 0o644, size, modified: 0 }));
      const offset = this.#end;
      for await (const chunk of bytes) await this.#put(chunk);
      await this.#put(tarPadding(size));
      return offset;
    } catch (error) {
      this.#end = start;
      await this.#handle.truncate(start).catch(() => {}); // a disk that is gone keeps what it has; the next start cuts it off
      throw error;
    }
  }

  async #put(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await this.#handle.write(bytes, at, bytes.length - at, this.#end);
      at += bytesWritten;
      this.#end += bytesWritten;
    }
  }
}
