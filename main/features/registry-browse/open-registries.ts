import { openRegistry, withMissingHelper } from '../../foundation/registries/open-repository.ts';
import { raceSignal } from '../../foundation/registries/race-signal.ts';
import type { RegistryClient } from '../../foundation/registries/registry-client.ts';

type Ways = Parameters<typeof openRegistry>[1];

/** Milliseconds for which connections stay open after they were last used. */
const keptFor = 60_000;

type Kept = { client: Promise<RegistryClient>; users: number; isForgotten: boolean; timer?: NodeJS.Timeout };

/** Registries that are looked through: who scrolls asks often, and signs in only once. */
export class OpenRegistries {
  readonly #ways: Ways;
  readonly #kept = new Map<string, Kept>();

  constructor(ways: Ways) {
    this.#ways = ways;
  }

  /** Passes an open registry to `use`. */
  async with<T>(registry: string, use: (client: RegistryClient) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const kept = this.#borrow(registry);
    try {
      return await use(await raceSignal(kept.client, signal));
    } catch (error) {
      throw await withMissingHelper(error, registry, this.#ways);
    } finally {
      this.#giveBack(registry, kept);
    }
  }

  /** The same for what comes bit by bit. */
  async *follow<T>(registry: string, use: (client: RegistryClient) => AsyncIterable<T>, signal?: AbortSignal): AsyncGenerator<T> {
    const kept = this.#borrow(registry);
    try {
      yield* use(await raceSignal(kept.client, signal));
    } catch (error) {
      throw await withMissingHelper(error, registry, this.#ways);
    } finally {
      this.#giveBack(registry, kept);
    }
  }

  /** Opens a registry anew the next time, as one has signed in or out; without a name, all of them. */
  forget(registry?: string): void {
    for (const [name, kept] of this.#kept) {
      if (registry !== undefined && name !== registry) continue;
      kept.isForgotten = true;
      this.#kept.delete(name);
      if (kept.users === 0) close(kept);
    }
  }

  #borrow(registry: string): Kept {
    const kept = this.#kept.get(registry) ?? this.#open(registry);
    kept.users += 1;
    clearTimeout(kept.timer);
    return kept;
  }

  #open(registry: string): Kept {
    // not with the signal of who asked first, as others wait for it, too
    const kept: Kept = { client: openRegistry(registry, this.#ways), users: 0, isForgotten: false };
    this.#kept.set(registry, kept);
    kept.client.catch(() => this.#kept.get(registry) === kept && this.#kept.delete(registry));
    return kept;
  }

  #giveBack(registry: string, kept: Kept): void {
    kept.users -= 1;
    if (kept.users > 0) return;
    if (kept.isForgotten) close(kept);
    else kept.timer = setTimeout(() => this.#kept.get(registry) === kept && this.forget(registry), keptFor).unref();
  }
}

function close({ client, timer }: Kept): void {
  clearTimeout(timer);
  client.then(
    (open) => open.close(),
    () => {}, // it never opened
  );
}
