import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { BuildSummary } from '../../../contract/build-record.ts';
import { JsonFile } from '../../foundation/files/json-file.ts';
import { writeWhole } from '../../foundation/files/write-whole.ts';
import { mostFromFiles } from '../../foundation/formats/build-record.ts';
import { findKept, type Indexed, readJson, refOf } from './find-kept.ts';
import { endOf, type KeptBuild, type KnownBuild, summarise } from './kept-build.ts';
import { isUnfinished, markInterrupted } from './mark-interrupted.ts';

/** The most builds to store, and the most bytes for all of them together; the oldest go first. Builds from files push out no others. */
const room = { others: { builds: 200, bytes: 1024 ** 3 }, files: { builds: mostFromFiles, bytes: 1024 ** 3 } };
/** An engine remembers fewer builds. */
const mostLeftOut = 5000;

/** The history's files: a folder for each build, and one index of them all. */
export class BuildStore {
  readonly #root: string;
  #index: Indexed[] = [];
  /** Read by `findKept`, which trusts it line by line. */
  readonly #indexFile: JsonFile<Indexed[]>;
  /** Ids of builds that an engine remembers, but no list is to have. */
  readonly #leftOut = new Set<string>();
  readonly #leftOutFile: JsonFile<string[]>;

  constructor(root: string) {
    this.#root = root;
    this.#indexFile = new JsonFile(join(root, 'index.json'), z.array(z.custom<Indexed>()));
    this.#leftOutFile = new JsonFile(join(root, 'left-out.json'), z.array(z.string()));
  }

  /** The newest first. */
  get summaries(): Indexed[] {
    return this.#index;
  }

  fileOf(id: string, name: 'build.json' | 'context.gz' | 'log'): string {
    return join(this.#root, id, name);
  }

  async load(): Promise<void> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
    for (const id of (await this.#leftOutFile.read()) ?? []) this.#leftOut.add(id);
    const { index, unfinished } = await findKept(this.#root);
    this.#index = index;
    for (const { id, state } of index) if (isUnfinished({ state })) await this.#markInterrupted(id).catch(() => this.#drop(id));
    // left behind when the app was killed
    for (const name of unfinished) await this.#remove(name);
  }

  read(id: string): Promise<KeptBuild> {
    return readJson<KeptBuild>(this.fileOf(id, 'build.json'));
  }

  /** Whether a build is stored, or was forgotten. */
  has(id: string): boolean {
    return this.#leftOut.has(id) || this.keeps(id);
  }

  /** Whether a build is stored. */
  keeps(id: string): boolean {
    return this.#index.some((one) => one.id === id);
  }

  /** Lets a build that an engine remembers, and no list has, not come again. */
  async leaveOut(id: string): Promise<void> {
    await this.#remove(id);
    await this.#noteLeftOut([id]);
  }

  /** Stores that a build has begun; no list has it until it, or Layerdeck, has ended. */
  async begin(build: KnownBuild): Promise<void> {
    await mkdir(join(this.#root, build.task.id), { recursive: true, mode: 0o700 });
    await this.#write({ ...build, bytes: 0 });
  }

  /** Erases a build that no list has. */
  erase(id: string): Promise<void> {
    return this.#remove(id);
  }

  /** Stores a build that has ended, and returns the ids of old ones that had to make room. */
  async keep(build: KnownBuild, summary: BuildSummary): Promise<string[]> {
    const { id } = summary;
    await mkdir(join(this.#root, id), { recursive: true, mode: 0o700 });
    const bytes = await sizeOf(this.fileOf(id, 'context.gz'), this.fileOf(id, 'log'));
    await this.#write({ ...build, bytes });
    // an engine tells of builds of other tools in any order
    this.#index = [{ ...summary, bytes, ...refOf(build) }, ...this.#index.filter((one) => one.id !== id)].sort(
      (a, b) => endOf(b) - endOf(a),
    );
    const { files = [], others = [] } = Object.groupBy(this.#index, ({ origin }) => (origin === 'file' ? 'files' : 'others'));
    // the one that was just added stays, however old its build is
    const added = files.filter((one) => one.id === id);
    const gone = [...tooMany(others, room.others), ...tooMany([...added, ...files.filter((one) => one.id !== id)], room.files)].map(
      (one) => one.id,
    );
    await this.forget(gone);
    return gone;
  }

  /** Erases builds, each before its line in the index: a build missing from the index would be found again. */
  async forget(ids: string[]): Promise<void> {
    // the engine may still remember those of other tools
    await this.#noteLeftOut(this.#index.filter(({ id, origin }) => origin && ids.includes(id)).map(({ id }) => id));
    const going = this.#index.map(({ id }) => id).filter((id) => ids.includes(id));
    try {
      for (const id of going) {
        await this.#remove(id);
        this.#index = this.#index.filter((one) => one.id !== id);
      }
    } finally {
      await this.#indexFile.write(() => this.#index);
    }
  }

  async #noteLeftOut(ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    for (const id of ids) this.#leftOut.add(id);
    await this.#leftOutFile.write(() => [...this.#leftOut].slice(-mostLeftOut));
  }

  async #markInterrupted(id: string): Promise<void> {
    const build = markInterrupted(await this.read(id));
    await this.#write(build);
    const summary = summarise(build.task, build.folder, build.dockerfile.path, build.origin);
    this.#index = this.#index.map((one) => (one.id === id ? { ...summary, bytes: one.bytes, ...refOf(build) } : one));
  }

  // a build whose end cannot be stored must not be shown as running
  #drop(id: string): void {
    this.#index = this.#index.filter((one) => one.id !== id);
  }

  #write(build: KeptBuild): Promise<void> {
    return writeWhole(this.fileOf(build.task.id, 'build.json'), JSON.stringify(build));
  }

  #remove(name: string): Promise<void> {
    return rm(join(this.#root, name), { recursive: true, force: true });
  }
}

function tooMany(index: Indexed[], most: { builds: number; bytes: number }): Indexed[] {
  let bytes = 0;
  return index.filter((one, place) => {
    bytes += one.bytes;
    // the newest stays, however large it is
    return place > 0 && (place >= most.builds || bytes > most.bytes);
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
