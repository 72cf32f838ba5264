import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';

/** The most bytes read from a file that usually has a few hundred. */
const usualLimit = 1024 * 1024;

/**
 * Reads a small file of a project. Undefined if there is none, if it is larger than it should be, and if it is not a regular
 * file: opening a pipe would wait for its writer, and a device never ends.
 */
export async function readSmallFile(file: string, longest = usualLimit): Promise<Buffer | undefined> {
  try {
    if (!(await stat(file)).isFile()) return undefined;
    // it may be a different one by now
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

/** The same as text; empty if there is none. */
export const readSmallText = async (file: string, longest?: number): Promise<string> =>
  (await readSmallFile(file, longest))?.toString('utf8') ?? '';
