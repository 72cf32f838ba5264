import * as z from 'zod';
import { Reference } from '../../../contract/reference-schema.ts';
import type { Task } from '../../../contract/task.ts';
import { JsonFile } from '../../foundation/files/json-file.ts';

const most = 200;

/** Names that were pulled or pushed before, the newest first, stored across restarts so that they can be offered again. */
export class RecentReferences {
  #references: string[] = [];
  readonly #file: JsonFile<string[]>;

  constructor(file: string) {
    this.#file = new JsonFile(file, z.array(Reference));
  }

  get references(): readonly string[] {
    return this.#references;
  }

  async load(): Promise<void> {
    this.#references = ((await this.#file.read()) ?? []).slice(0, most);
  }

  /** Remembers the names that a successful task moved. */
  notice({ state, result }: Task): void {
    if (state !== 'succeeded') return;
    if (result?.kind === 'pull') this.#add([result.reference]);
    if (result?.kind === 'push') this.#add(result.pushed.map(({ reference }) => reference));
    if (result?.kind === 'copy' && result.reference) this.#add([result.reference]);
  }

  /** Resolves when everything is on disk. */
  close(): Promise<void> {
    return this.#file.settled();
  }

  #add(references: string[]): void {
    if (references.every((reference, index) => this.#references[index] === reference)) return;
    this.#references = [...new Set([...references, ...this.#references])].slice(0, most);
    this.#file.write(() => this.#references).catch(() => {}); // only a convenience is lost
  }
}
