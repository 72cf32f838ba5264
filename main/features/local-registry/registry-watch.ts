import { EventEmitter } from 'node:events';
import type { LocalRegistry, OtherRegistry } from '../../../contract/registry.ts';
import type { EngineEvent } from '../../foundation/engine/events.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { inspectRegistries, type Registries } from './inspect-registries.ts';
import type { RegistryBook } from './registry-book.ts';

const unknown: Registries = { registry: { state: 'unknown' }, others: [] };

/** The registries on the engine in use, kept up to date by its events. */
export class RegistryWatch extends EventEmitter<{ registry: [LocalRegistry]; others: [OtherRegistry[]] }> {
  #now: Registries = unknown;
  #engine: Engine | undefined;
  #asked = 0;
  readonly #book: RegistryBook;

  constructor(book: RegistryBook) {
    super();
    this.#book = book;
  }

  get registry(): LocalRegistry {
    return this.#now.registry;
  }

  get others(): OtherRegistry[] {
    return this.#now.others;
  }

  use(engine: Engine | undefined): void {
    this.#engine = engine;
    if (engine) void this.#refresh(engine);
    else this.#change(unknown);
  }

  notice(event: EngineEvent): void {
    // health checks and programs run inside containers send events all the time
    if (this.#engine && event.Type === 'container' && !/^(?:exec_|health_)/.test(event.Action)) void this.#refresh(this.#engine);
  }

  /** Looks anew: engines tell of containers, and not of volumes. */
  touch(): void {
    if (this.#engine) void this.#refresh(this.#engine);
  }

  /** Uses a registry of another maker from now on. */
  async adopt(container: string): Promise<void> {
    await this.#book.adopt(container);
    if (this.#engine) await this.#refresh(this.#engine);
  }

  /** Goes back to Layerdeck's own. Nothing happens to the container. */
  async letGo(container: string): Promise<void> {
    await this.#book.letGo(container);
    if (this.#engine) await this.#refresh(this.#engine);
  }

  async #refresh(engine: Engine): Promise<void> {
    // answers may overtake each other: only the latest request counts
    const asked = ++this.#asked;
    const now = await inspectRegistries(engine, this.#book).catch(() => undefined); // the engine went away; the connection reports it
    if (now && engine === this.#engine && asked === this.#asked) this.#change(now);
  }

  #change(now: Registries): void {
    const before = this.#now;
    this.#now = now;
    if (!isSame(before.registry, now.registry)) this.emit('registry', now.registry);
    if (!isSame(before.others, now.others)) this.emit('others', now.others);
  }
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
