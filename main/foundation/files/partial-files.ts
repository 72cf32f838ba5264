import { randomBytes } from 'node:crypto';
import { access, lstat, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { JsonFile } from './json-file.ts';

const Journal = z.array(z.string()).max(10_000);
const partialName = /^\..+\.[0-9a-f]{8}\.layerdeck-part$/;

/**
 * Files that get their final name only once they are complete. What is being written is noted in a journal, so that the
 * leftovers of a killed app are removed at the next start. Nothing is removed but what the journal names.
 */
export class PartialFiles {
  readonly #journal: JsonFile<string[]>;
  readonly #paths = new Set<string>();
  #swept: Promise<void> | undefined;

  constructor(journal: string) {
    this.#journal = new JsonFile(journal, Journal);
  }

  /**
   * Lets `write` write and sync a file beside the target, and then renames it to the target. An existing target stays until then.
   */
  readonly write = async <T>(target: string, write: (partial: string) => Promise<T>): Promise<T & { bytes: number }> => {
    const partial = join(dirname(target), `.${beginOf(basename(target))}.${randomBytes(4).toString('hex')}.layerdeck-part`);
    await this.sweep();
    await this.#note(() => this.#paths.add(partial));
    try {
      const result = await write(partial);
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

  /** Removes, once, what a killed app left behind. Never rejects. */
  sweep(): Promise<void> {
    this.#swept ??= this.#sweep();
    return this.#swept;
  }

  async #sweep(): Promise<void> {
    for (const path of (await this.#journal.read()) ?? []) {
      // a disk that is missing now may come back
      if (!(await isGone(path))) this.#paths.add(path);
    }
    await this.#note(() => {});
  }

  // noted before a partial file can exist; a power cut may lose the note and leave a hidden file
  async #note(change: () => void): Promise<void> {
    change();
    await this.#journal.write(() => [...this.#paths]).catch(() => {}); // saving works without a journal too
  }
}

/** Bytes of the target's name used in the partial file's: with what is added it stays below 255, the most that file systems take. */
const mostNameBytes = 220;

function beginOf(name: string): string {
  let begin = '';
  for (const letter of name) {
    if (Buffer.byteLength(begin + letter) > mostNameBytes) break;
    begin += letter;
  }
  return begin;
}

/** Removes a partial file. Resolves to whether it is gone; if its folder is missing, nobody knows. */
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

/** A new name is on the disk only once its folder is synced; Windows has no such thing. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path);
  try {
    await folder.sync();
  } catch {
    // some network disks cannot; the file itself is safe
  } finally {
    await folder.close();
  }
}
