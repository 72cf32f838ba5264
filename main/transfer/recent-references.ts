import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { Reference } from '../../contract/reference-schema.ts';
import type { Task } from '../../contract/task.ts';

const most = 200;

/** Names that were got or published before, newest first, kept over restarts to be offered again. */
export class RecentReferences {
  #references: string[] = [];
  #written: Promise<void> = Promise.resolve();
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  get references(): readonly string[] {
    return this.#references;
  }

  async load(): Promise<void> {
    try {
      this.#references = z
        .array(Reference)
        .parse(JSON.parse(await readFile(this.#file, 'utf8')))
        .slice(0, most);
    } catch {
      // first start, or a file that somebody broke
    }
  }

  /** Remembers what a task that went well moved. */
  notice({ state, result }: Task): void {
    if (state !== 'succeeded') return;
    if (result?.kind === 'pull') this.#add([result.reference]);
    if (result?.kind === 'push') this.#add(result.pushed.map(({ reference }) => reference));
    if (result?.kind === 'copy' && result.reference) this.#add([result.reference]);
  }

  /** Resolves when everything is on the disk. */
  close(): Promise<void> {
    return this.#written;
  }

  #add(references: string[]): void {
    if (references.every((reference, index) => this.#references[index] === reference)) return;
    this.#references = [...new Set([...references, ...this.#references])].slice(0, most);
    // one after the other: two at once would rename each other's file away
    this.#written = this.#written.then(() => this.#write()).catch(() => {}); // only a convenience is lost
  }

  async #write(): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true });
    await writeFile(`${this.#file}.part`, JSON.stringify(this.#references));
    await rename(`${this.#file}.part`, this.#file);
  }
}
