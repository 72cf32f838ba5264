import { EventEmitter } from 'node:events';
import * as z from 'zod';
import type { NewerAnswer } from '../../../contract/origin.ts';
import { Reference } from '../../../contract/reference-schema.ts';
import { JsonFile } from '../../foundation/files/json-file.ts';

/** How many answers are kept; each is small. */
const most = 1000;

const Answer = z.object({
  reference: Reference,
  here: z.string().max(200),
  relation: z.enum(['same', 'newer', 'older', 'other', 'gone']),
  found: z.string().max(200).optional(),
  createdAt: z.number().optional(),
  version: z.string().max(100).optional(),
  askedAt: z.number(),
});

/** What registries answered, the newest answer first, kept across restarts: registries count questions, so none is asked twice for nothing. */
export class NewerBook extends EventEmitter<{ answers: [readonly NewerAnswer[]] }> {
  #answers: readonly NewerAnswer[] = [];
  readonly #file: JsonFile<NewerAnswer[]>;

  constructor(file: string) {
    super();
    this.#file = new JsonFile(file, z.array(Answer) as z.ZodType<NewerAnswer[]>);
  }

  get answers(): readonly NewerAnswer[] {
    return this.#answers;
  }

  async load(): Promise<void> {
    this.#answers = ((await this.#file.read()) ?? []).slice(0, most);
  }

  /** Takes in answers in place of older ones about the same name and image. */
  add(answers: readonly NewerAnswer[]): void {
    if (answers.length === 0) return;
    const isNew = ({ reference, here }: NewerAnswer) => !answers.some((one) => one.reference === reference && one.here === here);
    this.#answers = [...answers, ...this.#answers.filter(isNew)].slice(0, most);
    this.emit('answers', this.#answers);
    this.#file.write(() => [...this.#answers]).catch(() => {}); // only a convenience is lost
  }

  /** Resolves when everything is on disk. */
  close(): Promise<void> {
    return this.#file.settled();
  }
}
