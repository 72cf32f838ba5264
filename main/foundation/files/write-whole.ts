import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** For its owner only: what the app stores is nobody else's business. */
const privateMode = 0o600;

/**
 * Writes a small file beside its place and renames it, so that readers find either all of the old or all of the new one, even
 * after a power cut. Creates the folder if it is missing. Rejects with the system's error and then leaves nothing behind.
 */
export async function writeWhole(file: string, content: string | Uint8Array, mode = privateMode): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const partial = `${file}.${randomBytes(6).toString('hex')}.layerdeck-part`;
  try {
    await writeFile(partial, content, { flag: 'wx', mode, flush: true });
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
