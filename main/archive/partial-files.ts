import { randomBytes } from 'node:crypto';
import { access, lstat, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Transform } from 'node:stream';
import * as z from 'zod';
import { packersFor } from '../formats/packing/packers.ts';

const Journal = z.array(z.string()).max(10_000);
const partialName = /^\..+\.[0-9a-f]{8}\.layerdeck-part$/;

/**
 * Files that have their final name only once they are whole. What is being written is noted in a journal, so that what an app
 * that was killed left behind goes at the next start. Nothing is removed but what the journal names.
 */
export class PartialFiles {
  readonly #journal: string;
  readonly #paths = new Set<string>();
  #written: Promise<void> = Promise.resolve();
  #swept: Promise<void> | undefined;

  constructor(journal: string) {
    this.#journal = journal;
  }

  /**
   * Lets `write` write and sync a file beside the target, with what its name asks for to pack it, and gives it the target's name
   * in its place. A target that was there before stays until then.
   */
  readonly write = async <T>(
    target: string,
    write: (partial: string, packers: Transform[]) => Promise<T>,
  ): Promise<T & { bytes: number }> => {
    const partial = join(dirname(target), `.${beginOf(basename(target))}.${randomBytes(4).toString('hex')}.layerdeck-part`);
    await this.sweep();
    await this.#note(() => this.#paths.add(partial));
    try {
      const result = await write(partial, packersFor(target));
      await rename(partial, target);
      await syncFolder(dirname(target));
      return { ...result, bytes: (await stat(target)).size };
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    } finally {
      await this.#note(() => this.#paths.delete(partial));
    }
  };

  /** Removes, once, what an app left behind that was killed. Never rejects. */
  sweep(): Promise<void> {
    this.#swept ??= this.#sweep();
    return this.#swept;
  }

  async #sweep(): Promise<void> {
    for (const path of await this.#read()) {
      // a disk that is not there now may come back
      if (!(await isGone(path))) this.#paths.add(path);
    }
    await this.#note(() => {});
  }

  async #read(): Promise<string[]> {
    try {
      return Journal.parse(JSON.parse(await readFile(this.#journal, 'utf8')));
    } catch {
      return []; // the first start, or a journal that somebody broke
    }
  }

  // one after the other, and each written before a partial file can be; a power cut may cost it, and leave a hidden file
  #note(change: () => void): Promise<void> {
    change();
    const text = JSON.stringify([...this.#paths]);
    this.#written = this.#written.then(() => this.#keep(text)).catch(() => {}); // a journal that cannot be kept does not keep from saving
    return this.#written;
  }

  async #keep(text: string): Promise<void> {
    await mkdir(dirname(this.#journal), { recursive: true });
    const part = `${this.#journal}.part`;
    await writeFile(part, text);
    await rename(part, this.#journal);
  }
}

/** Bytes of a target's name in its partial file's: with what is added it stays below 255, the most that disks take. */
const mostNameBytes = 220;

function beginOf(name: string): string {
  let begin = '';
  for (const letter of name) {
    if (Buffer.byteLength(begin + letter) > mostNameBytes) break;
    begin += letter;
  }
  return begin;
}

/** Removes a partial file. Resolves to whether it is gone; of a folder that is not there nothing is known. */
async function isGone(path: string): Promise<boolean> {
  if (!partialName.test(basename(path))) return true;
  try {
    await access(dirname(path));
    const found = await lstat(path).catch(() => undefined);
    if (found?.isFile()) await rm(path);
    return true;
  } catch {
    return false;
  }
}

/** A new name is on the disk only once its folder is; Windows knows no such thing. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path);
  try {
    await folder.sync();
  } catch {
    // some network disks cannot; the file itself is there
  } finally {
    await folder.close();
  }
}
