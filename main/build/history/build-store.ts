import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildSummary } from '../../../contract/build-record.ts';
import { endKilled, wentOn } from './end-killed.ts';
import { findKept, type Indexed, readJson } from './find-kept.ts';
import { type KeptBuild, type KnownBuild, summarise } from './kept-build.ts';

/** Builds that are kept, and bytes that all of them may have together; the oldest go first. */
const mostBuilds = 200;
const mostBytes = 1024 ** 3;

/** The history's files: a folder for each build, and one index of them all. */
export class BuildStore {
  readonly #root: string;
  #index: Indexed[] = [];
  #written: Promise<void> = Promise.resolve();

  constructor(root: string) {
    this.#root = root;
  }

  /** Newest first. */
  get summaries(): BuildSummary[] {
    return this.#index;
  }

  fileOf(id: string, name: 'build.json' | 'context.gz' | 'log'): string {
    return join(this.#root, id, name);
  }

  async load(): Promise<void> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
    const { index, unfinished } = await findKept(this.#root);
    this.#index = index;
    for (const { id, state } of index) if (wentOn({ state })) await this.#endKilled(id).catch(() => this.#drop(id));
    // what a killed app left was never finished
    for (const name of unfinished) await this.#remove(name);
  }

  read(id: string): Promise<KeptBuild> {
    return readJson<KeptBuild>(this.fileOf(id, 'build.json'));
  }

  /** Writes down that a build has begun; it is in no list until it has ended, or Layerdeck has. */
  async begin(build: KnownBuild): Promise<void> {
    await mkdir(join(this.#root, build.task.id), { recursive: true, mode: 0o700 });
    await writeWhole(this.fileOf(build.task.id, 'build.json'), { ...build, bytes: 0 });
  }

  /** Erases a build that is in no list. */
  erase(id: string): Promise<void> {
    return this.#remove(id);
  }

  /** Keeps a build that has ended, and tells which old ones had to go for it. */
  async keep(build: KnownBuild, summary: BuildSummary): Promise<string[]> {
    const { id } = summary;
    await mkdir(join(this.#root, id), { recursive: true, mode: 0o700 });
    const bytes = await sizeOf(this.fileOf(id, 'context.gz'), this.fileOf(id, 'log'));
    await writeWhole(this.fileOf(id, 'build.json'), { ...build, bytes });
    this.#index = [{ ...summary, bytes }, ...this.#index.filter((one) => one.id !== id)];
    const gone = tooMany(this.#index).map((one) => one.id);
    await this.forget(gone);
    return gone;
  }

  /** Erases builds. Each goes before its line in the index: what an index does not name would be found again. */
  async forget(ids: string[]): Promise<void> {
    const going = this.#index.map(({ id }) => id).filter((id) => ids.includes(id));
    try {
      for (const id of going) {
        await this.#remove(id);
        this.#index = this.#index.filter((one) => one.id !== id);
      }
    } finally {
      await this.#writeIndex();
    }
  }

  async #endKilled(id: string): Promise<void> {
    const build = endKilled(await this.read(id));
    await writeWhole(this.fileOf(id, 'build.json'), build);
    const summary = summarise(build.task, build.folder, build.dockerfile.path);
    this.#index = this.#index.map((one) => (one.id === id ? { ...summary, bytes: one.bytes } : one));
  }

  // what cannot be said to have ended must not be said to go on
  #drop(id: string): void {
    this.#index = this.#index.filter((one) => one.id !== id);
  }

  // one after the other: two at once would rename each other's file away
  #writeIndex(): Promise<void> {
    const index = this.#index;
    this.#written = this.#written.catch(() => {}).then(() => writeWhole(join(this.#root, 'index.json'), index));
    return this.#written;
  }

  #remove(name: string): Promise<void> {
    return rm(join(this.#root, name), { recursive: true, force: true });
  }
}

function tooMany(index: Indexed[]): Indexed[] {
  let bytes = 0;
  return index.filter((one, place) => {
    bytes += one.bytes;
    // the newest stays, however large it is
    return place > 0 && (place >= mostBuilds || bytes > mostBytes);
  });
}

async function sizeOf(...files: string[]): Promise<number> {
  const sizes = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function writeWhole(file: string, value: unknown): Promise<void> {
  const partial = `${file}.part`;
  await writeFile(partial, JSON.stringify(value), { mode: 0o600 });
  await rename(partial, file);
}
