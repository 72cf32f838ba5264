import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
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
  const hash = checksum ? createHash('sha256') : undefined;
  await (await open(path, 'wx')).close();
  const syncing = new BackgroundSync(await open(path, 'r+'));
  try {
    const sink = createWriteStream(path, { flags: 'r+', highWaterMark: writeSize, flush: true });
    await pipeline([...stages, watch(syncing, hash), sink], { signal });
    return hash ? { sha256: hash.digest('hex') } : {};
  } finally {
    await syncing.close();
  }
}

const watch = (syncing: BackgroundSync, hash: Hash | undefined): Transform =>
  new Transform({
    highWaterMark: writeSize,
    transform(chunk: Buffer, _, done) {
      hash?.update(chunk);
      syncing.wrote(chunk.length);
      done(null, chunk);
    },
  });

/** Puts what was written on the disk, one request at a time, through a handle of its own. */
class BackgroundSync {
  readonly #file: FileHandle;
  #unsynced = 0;
  #running: Promise<void> | undefined;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  wrote(bytes: number): void {
    this.#unsynced += bytes;
    if (this.#unsynced < syncEvery || this.#running) return;
    this.#unsynced = 0;
    // a disk that fails here fails at the end, too
    this.#running = this.#file.datasync().catch(() => {});
    void this.#running.then(() => {
      this.#running = undefined;
    });
  }

  async close(): Promise<void> {
    await this.#running;
    await this.#file.close();
  }
}
