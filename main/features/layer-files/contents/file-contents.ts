import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayerFileRanges } from '../reading/reading-order.ts';

/** Bytes of files that are kept so that the next page of one needs no layer. */
const mostBytes = 512 * 1024 ** 2;

/** Reads files of layers into new files. */
export type Extract = (layers: LayerFileRanges[]) => Promise<void>;

/** A file by its content. */
export type Content = { diffId: string; offset: number; size: number; digest: string; end?: number };

/**
 * The bytes of files that were looked at, by their digests; what was not looked at for the longest time goes first. They may be secret, and
 * so are gone when the app ends, or at the latest when it next opens a file.
 */
export class FileContents {
  readonly #folder: string;
  #begun: Promise<void> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Whether its bytes are here. */
  async has({ digest, size }: Pick<Content, 'digest' | 'size'>): Promise<boolean> {
    if (size === 0) return true;
    await this.#begin();
    const found = await stat(this.#fileOf(digest)).catch(() => undefined);
    return found?.size === size;
  }

  /** Some bytes of a file, which is read from its layer if it is not here. */
  async read(content: Content, { offset, length }: { offset: number; length: number }, extract: Extract): Promise<Buffer> {
    if (content.size === 0 || offset >= content.size) return Buffer.alloc(0);
    const path = await this.place(content, extract);
    const file = await open(path);
    try {
      const wanted = Math.min(length, content.size - offset);
      const { bytesRead, buffer } = await file.read(Buffer.alloc(wanted), 0, wanted, offset);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  /** A file with these bytes, which must not be changed and may go when others are read. */
  async place(content: Content, extract: Extract): Promise<string> {
    const path = this.#fileOf(content.digest);
    if (await this.has(content)) {
      const now = new Date();
      await utimes(path, now, now).catch(() => {}); // only the order of forgetting suffers
      return path;
    }
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const partial = `${path}.${randomBytes(6).toString('hex')}.layerdeck-part`;
    try {
      const { diffId, ...place } = content;
      await extract([{ diffId, ranges: [{ ...place, target: partial }] }]);
      await rename(partial, path);
    } finally {
      await rm(partial, { force: true });
    }
    await this.#makeRoom(content.digest);
    return path;
  }

  /** Forgets everything. */
  async clear(): Promise<void> {
    // where it can't be removed, nothing of it could be written either
    await rm(this.#folder, { recursive: true, force: true }).catch(() => {});
  }

  /** Removes what a killed app left. */
  #begin(): Promise<void> {
    this.#begun ??= this.clear();
    return this.#begun;
  }

  async #makeRoom(kept: string): Promise<void> {
    const names = (await readdir(this.#folder)).filter((name) => !name.endsWith('.layerdeck-part'));
    const found = await Promise.all(
      names.map(async (name) => ({ name, facts: await stat(join(this.#folder, name)).catch(() => undefined) })),
    );
    const files = found.flatMap(({ name, facts }) => (facts ? [{ name, size: facts.size, used: facts.mtimeMs }] : []));
    let bytes = files.reduce((sum, { size }) => sum + size, 0);
    for (const { name, size } of files.sort((one, other) => one.used - other.used)) {
      if (bytes <= mostBytes) return;
      if (name === kept) continue;
      await rm(join(this.#folder, name), { force: true });
      bytes -= size;
    }
  }

  /** A digest in hexadecimal digits is a name on every system. */
  #fileOf(digest: string): string {
    return join(this.#folder, digest);
  }
}
