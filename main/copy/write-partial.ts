import { randomBytes } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Transform } from 'node:stream';
import { createGzip, createZstdCompress } from 'node:zlib';
import type { WriteFile } from './copy-image.ts';

/** Writes beside the target and renames at the end, so that no partial file ever has the final name. */
export const writePartial: WriteFile = async (target, write) => {
  const partial = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}.layerdeck-part`);
  try {
    const result = await write(partial, packers(target));
    await rename(partial, target);
    return { ...result, bytes: (await stat(target)).size };
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
};

function packers(target: string): Transform[] {
  if (/\.(?:gz|tgz)$/i.test(target)) return [createGzip()];
  if (/\.zst$/i.test(target)) return [createZstdCompress()];
  return [];
}
