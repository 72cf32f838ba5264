import * as z from 'zod';
import { isLoopback } from '../../../contract/reference.ts';
import { identityOf } from '../../foundation/engine/engine-info.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { JsonFile } from '../../foundation/files/json-file.ts';

const Book = z.object({
  /** The port of the own registry, by what tells its engine from others. */
  ports: z.record(z.string(), z.number().int()),
  /** Where its images are if not in its volume, by the same: a folder, or a bucket, of which the keys stand in the container alone. */
  stores: z.record(z.string(), z.object({ folder: z.string().optional(), bucket: z.string().optional() })).default({}),
  /** Containers of other makers that the person uses as the registry, the newest choice last. */
  adopted: z.array(z.string()),
  /** The authorities of encrypted registries, as PEM, by the same; a port belongs to one of them at most. */
  authorities: z.record(z.string(), z.object({ port: z.number().int(), certificate: z.string() })).default({}),
});
type Book = z.infer<typeof Book>;

/** More choices than anybody makes; the oldest are forgotten. */
const mostAdopted = 50;

/** What Layerdeck remembers of registries: a port for ever, and which one the person chose. */
export class RegistryBook {
  #book: Book = { ports: {}, stores: {}, adopted: [], authorities: {} };
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

  /** The authority that alone vouches for an own registry, by its address on loopback; undefined if it isn't encrypted. */
  authorityOf(registry: string): string | undefined {
    if (!isLoopback(registry)) return undefined;
    const port = Number(/:(\d+)$/.exec(registry)?.[1]);
    return Object.values(this.#book.authorities).find((one) => one.port === port)?.certificate;
  }

  /** Keeps the authority of the registry at a port, or forgets it. An engine that can't be told from others has one, too. */
  async keepAuthority(engine: Engine, port: number, certificate: string | undefined): Promise<void> {
    const identity = (await identityOf(engine)) ?? '';
    const { authorities } = this.#book;
    const others = Object.entries(authorities).filter(([one, its]) => one !== identity && its.port !== port);
    const now = { ...Object.fromEntries(others), ...(certificate !== undefined && { [identity]: { port, certificate } }) };
    if (JSON.stringify(now) !== JSON.stringify(authorities)) await this.#change({ authorities: now });
  }

  /** Forgets the authority of this engine's registry. */
  async forgetAuthority(engine: Engine): Promise<void> {
    const { [(await identityOf(engine)) ?? '']: gone, ...others } = this.#book.authorities;
    if (gone) await this.#change({ authorities: others });
  }

  /** Whether a registry of any engine is encrypted. */
  get hasAuthorities(): boolean {
    return Object.keys(this.#book.authorities).length > 0;
  }

  /** Where the registry on this engine has its images; undefined if that is its volume, or the engine can't be told from others. */
  async storeOn(engine: Engine): Promise<Book['stores'][string] | undefined> {
    const identity = await identityOf(engine);
    return identity === undefined ? undefined : this.#book.stores[identity];
  }

  /** Keeps where they are, or that they are in its volume. */
  async keepStore(engine: Engine, store: Book['stores'][string] | undefined): Promise<void> {
    const identity = await identityOf(engine);
    if (identity === undefined || JSON.stringify(this.#book.stores[identity]) === JSON.stringify(store)) return;
    const { [identity]: _, ...others } = this.#book.stores;
    await this.#change({ stores: store === undefined ? others : { ...others, [identity]: store } });
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
