import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Bytes written at once: the default of 16 kB reaches three quarters of the docker command's speed. */
const writeSize = 4 * 1024 * 1024;
/** Bytes after which what was written is put on the disk while more comes, so that little is left to do at the end. */
const syncEvery = 32 * 1024 * 1024;

export type Written = {
  /** In hexadecimal digits, where it was asked for. */
  sha256?: string;
};

/** Writes a new file from a stream, through the packers. Resolves when all of it is on the disk. */
export async function writeSteadily(
  path: string,
  stages: [source: Readable, ...packers: Transform[]],
  { checksum = false, signal }: { checksum?: boolean; signal: AbortSignal },
): Promise<Written> {
  const file = await open(path, 'wx');
  const hash = checksum ? createHash('sha256') : undefined;
  let syncing: Promise<void> | undefined;
  let unsynced = 0;
  const watch = new Transform({
    highWaterMark: writeSize,
    transform(chunk: Buffer, _, done) {
      hash?.update(chunk);
      unsynced += chunk.length;
      if (unsynced >= syncEvery && !syncing) {
        unsynced = 0;
        // a disk that fails now fails at the end again
        syncing = file.datasync().then(
          () => {
            syncing = undefined;
          },
          () => {},
        );
      }
      done(null, chunk);
    },
  });
  try {
    await pipeline([...stages, watch, file.createWriteStream({ highWaterMark: writeSize, autoClose: false })], { signal });
    await syncing;
    await file.sync();
    return hash ? { sha256: hash.digest('hex') } : {};
  } finally {
    await syncing;
    await file.close();
  }
}
