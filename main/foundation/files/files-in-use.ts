import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { FailureError } from '../failures/failure.ts';

/** Files that tasks are reading, so that none is overwritten meanwhile. Known by their identity: a file may have several names. */
export class FilesInUse {
  readonly #keys = new Map<string, number>();

  /** Keeps a file from being overwritten while `use` runs. */
  async during<T>(path: string, use: () => Promise<T>): Promise<T> {
    const key = await keyOf(path);
    if (key === undefined) return use();
    this.#keys.set(key, (this.#keys.get(key) ?? 0) + 1);
    try {
      return await use();
    } finally {
      const left = (this.#keys.get(key) ?? 1) - 1;
      if (left > 0) this.#keys.set(key, left);
      else this.#keys.delete(key);
    }
  }

  /** Throws if a task is reading the file that a new one would replace. */
  async refuse(target: string): Promise<void> {
    const key = await keyOf(target);
    if (key !== undefined && this.#keys.has(key)) throw isRead(basename(target));
  }
}

async function keyOf(path: string): Promise<string | undefined> {
  const facts = await stat(path, { bigint: true }).catch(() => undefined);
  return facts && `${facts.dev}:${facts.ino}`;
}

const isRead = (name: string): FailureError =>
  new FailureError({
    kind: 'in-use',
    title: `${name} is being read`,
    detail: 'Images are being loaded or copied from it right now. Nothing was written.',
    hint: 'Wait until that has finished, or choose another name.',
  });
