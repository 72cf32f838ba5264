import * as z from 'zod';
import { identityOf } from '../../foundation/engine/engine-info.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { JsonFile } from '../../foundation/files/json-file.ts';

const Book = z.object({
  /** The port of the own registry, by what tells its engine from others. */
  ports: z.record(z.string(), z.number().int()),
  /** Containers of other makers that the person uses as the registry, the newest choice last. */
  adopted: z.array(z.string()),
});
type Book = z.infer<typeof Book>;

/** More choices than anybody makes; the oldest are forgotten. */
const mostAdopted = 50;

/** What Layerdeck remembers of registries: a port for ever, and which one the person chose. */
export class RegistryBook {
  #book: Book = { ports: {}, adopted: [] };
  readonly #file: JsonFile<Book>;

  constructor(path: string) {
    this.#file = new JsonFile(path, Book);
  }

  async load(): Promise<void> {
    this.#book = (await this.#file.read()) ?? this.#book;
  }

  /** Ids of containers, the newest choice last. */
  get adopted(): readonly string[] {
    return this.#book.adopted;
  }

  /** The port that the registry on this engine had; undefined if it had none, or the engine can't be told from others. */
  async portOn(engine: Engine): Promise<number | undefined> {
    const identity = await identityOf(engine);
    return identity === undefined ? undefined : this.#book.ports[identity];
  }

  /** Keeps a port, or forgets it. */
  async keepPort(engine: Engine, port: number | undefined): Promise<void> {
    const identity = await identityOf(engine);
    if (identity === undefined || this.#book.ports[identity] === port) return;
    const { [identity]: _, ...others } = this.#book.ports;
    await this.#change({ ports: port === undefined ? others : { ...others, [identity]: port } });
  }

  async adopt(container: string): Promise<void> {
    await this.#change({ adopted: [...this.#book.adopted.filter((one) => one !== container), container].slice(-mostAdopted) });
  }

  async letGo(container: string): Promise<void> {
    if (this.#book.adopted.includes(container)) await this.#change({ adopted: this.#book.adopted.filter((one) => one !== container) });
  }

  /** Resolves when everything is on disk. */
  close(): Promise<void> {
    return this.#file.settled();
  }

  async #change(change: Partial<Book>): Promise<void> {
    this.#book = { ...this.#book, ...change };
    await this.#file.write(() => this.#book);
  }
}
