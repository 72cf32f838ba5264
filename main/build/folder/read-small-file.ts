import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';

/** Bytes that are read of a file which usually has some hundred. */
const usualLimit = 1024 * 1024;

/**
 * A file of a project that is read on the side. Undefined where there is none, where it is larger than it should be, and where
 * it is no file at all: a pipe is waited for by who opens it, and a device never ends.
 */
export async function readSmallFile(file: string, longest = usualLimit): Promise<Buffer | undefined> {
  try {
    if (!(await stat(file)).isFile()) return undefined;
    // it may be another one by now
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const found = await handle.stat();
      return found.isFile() && found.size <= longest ? await handle.readFile() : undefined;
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}

/** The same as text; empty where there is none. */
export const readSmallText = async (file: string, longest?: number): Promise<string> =>
  (await readSmallFile(file, longest))?.toString('utf8') ?? '';
