import { EventEmitter } from 'node:events';
import type { LocalRegistry, OtherRegistry } from '../../../contract/registry.ts';
import type { EngineEvent } from '../../foundation/engine/events.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { FirstAnswer } from './first-answer.ts';
import { inspectRegistries, type Registries } from './inspect-registries.ts';
import type { OwnName } from './name/own-name.ts';
import type { RegistryBook } from './registry-book.ts';
import { meetAuthority } from './tls/remember-authority.ts';

const unknown: Registries = { registry: { state: 'unknown' }, others: [] };

/** The registries on the engine in use, kept up to date by its events. */
export class RegistryWatch extends EventEmitter<{ registry: [LocalRegistry]; others: [OtherRegistry[]] }> {
  #now: Registries = unknown;
  #engine: Engine | undefined;
  #turn: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  readonly #book: RegistryBook;
  readonly #ownName: OwnName | undefined;
  readonly #firstAnswer: FirstAnswer;

  constructor(book: RegistryBook, ownName?: OwnName) {
    super();
    this.#book = book;
    this.#ownName = ownName;
    this.#firstAnswer = new FirstAnswer(
      () => this.touch(),
      {},
      (address) => book.authorityOf(address),
    );
  }

  get registry(): LocalRegistry {
    return this.#now.registry;
  }

  get others(): OtherRegistry[] {
    return this.#now.others;
  }

  use(engine: Engine | undefined): void {
    this.#engine = engine;
    // one that went away may never answer
    this.#turn = Promise.resolve();
    this.#next = undefined;
    this.#firstAnswer.forget();
    if (engine) this.touch();
    else this.#change(unknown);
  }

  notice(event: EngineEvent): void {
    // health checks and programs run inside containers send events all the time
    if (event.Type === 'container' && !/^(?:exec_|health_)/.test(event.Action)) this.touch();
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

  /** Resolves after a look that began after this call. While one goes on, all that happens is answered by one more: builds tell a lot. */
  #refresh(engine: Engine): Promise<void> {
    this.#next ??= this.#turn.then(() => {
      this.#next = undefined;
      this.#turn = this.#look(engine);
      return this.#turn;
    });
    return this.#next;
  }

  async #look(engine: Engine): Promise<void> {
    if (engine !== this.#engine) return;
    const now = await inspectRegistries(engine, this.#book).catch(() => undefined); // the engine went away; the connection reports it
    // people change it by hand, too
    await this.#ownName?.refresh();
    if (now) await meetAuthority(engine, now.registry, this.#book).catch(() => {});
    if (now && engine === this.#engine) this.#change({ ...now, registry: this.#named(this.#onceReady(now.registry)) });
  }

  #named(registry: LocalRegistry): LocalRegistry {
    if (!('containerId' in registry)) return registry;
    const alias = this.#ownName?.aliasOf(registry.address);
    return alias === undefined ? registry : { ...registry, alias };
  }

  /** A container that runs is no registry yet. */
  #onceReady(registry: LocalRegistry): LocalRegistry {
    if (registry.state !== 'running') {
      this.#firstAnswer.forget();
      return registry;
    }
    const known = this.#firstAnswer.of(registry);
    if (known === 'answered') return registry;
    const { startedAt: _, ...facts } = registry;
    return { ...facts, state: 'stopped', trouble: known === 'silent' ? 'silent' : 'starting' };
  }

  #change(now: Registries): void {
    const before = this.#now;
    this.#now = now;
    if (!isSame(before.registry, now.registry)) this.emit('registry', now.registry);
    if (!isSame(before.others, now.others)) this.emit('others', now.others);
  }
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
