import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { FailureError } from '../engine/failure.ts';

/** Files that tasks read from, so that none is written over meanwhile. Told by what they are: a file may have several names. */
export class FilesInUse {
  readonly #keys = new Map<string, number>();

  /** Keeps a file from being written over for as long as `use` runs. */
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

  /** Throws where a task reads from the file that a new one would replace. */
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
    detail: 'It is just being loaded or copied from. Nothing was written.',
    hint: 'Wait until that has ended, or choose another name.',
  });
