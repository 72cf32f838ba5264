import { EventEmitter } from 'node:events';
import type { LocalRegistry } from '../../../contract/registry.ts';
import type { EngineEvent } from '../../foundation/engine/events.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { inspectRegistry } from './local-registry.ts';

/** The state of the local registry, kept up to date by the engine's events. */
export class RegistryWatch extends EventEmitter<{ registry: [LocalRegistry] }> {
  #registry: LocalRegistry = { state: 'unknown' };
  #engine: Engine | undefined;
  #asked = 0;

  get registry(): LocalRegistry {
    return this.#registry;
  }

  use(engine: Engine | undefined): void {
    this.#engine = engine;
    if (engine) void this.#refresh(engine);
    else this.#change({ state: 'unknown' });
  }

  notice(event: EngineEvent): void {
    // health checks and programs run inside containers send events all the time
    if (this.#engine && event.Type === 'container' && !/^(?:exec_|health_)/.test(event.Action)) void this.#refresh(this.#engine);
  }

  async #refresh(engine: Engine): Promise<void> {
    // answers may overtake each other: only the latest request counts
    const asked = ++this.#asked;
    const registry = await inspectRegistry(engine).catch(() => undefined); // the engine went away; the connection reports it
    if (registry && engine === this.#engine && asked === this.#asked) this.#change(registry);
  }

  #change(registry: LocalRegistry): void {
    if (JSON.stringify(registry) === JSON.stringify(this.#registry)) return;
    this.#registry = registry;
    this.emit('registry', registry);
  }
}
