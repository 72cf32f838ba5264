import { setTimeout as wait } from 'node:timers/promises';
import type { LocalRegistry } from '../../../contract/registry.ts';
import type { AuthorityOf } from '../../foundation/registries/own-authority.ts';
import { isAnswering, waitUntilReady } from './wait-until-ready.ts';

type Running = Extract<LocalRegistry, { state: 'running' }>;
type Known = 'asking' | 'silent' | 'answered';

/** Milliseconds that it may take, and between two questions to one that took longer: no event tells that it answers by now. */
type Patience = { within?: number; askAgainEvery?: number };
const usualPause = 5000;

/** Whether a registry whose container runs has answered since it was started: only then it is ready. */
export class FirstAnswer {
  #start = '';
  #known: Known = 'asking';
  #stop = new AbortController();
  readonly #onChange: () => void;
  readonly #authorityOf: AuthorityOf;
  readonly #patience: Patience;

  /** `authorityOf` says who vouches for a registry that is encrypted. */
  constructor(onChange: () => void, patience: Patience = {}, authorityOf: AuthorityOf = () => undefined) {
    this.#onChange = onChange;
    this.#authorityOf = authorityOf;
    this.#patience = patience;
  }

  /** What is known of this start of a registry. Asks from now on, if it is another one. */
  of({ containerId, startedAt, address }: Running): Known {
    const start = `${containerId} ${startedAt} ${address}`;
    if (start !== this.#start) {
      this.forget();
      this.#start = start;
      void this.#ask(address, this.#stop.signal);
    }
    return this.#known;
  }

  /** Asks no longer. */
  forget(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#start = '';
    this.#known = 'asking';
  }

  async #ask(address: string, signal: AbortSignal): Promise<void> {
    const pause = this.#patience.askAgainEvery ?? usualPause;
    const tell = (known: Known) => {
      if (signal.aborted) return;
      this.#known = known;
      this.#onChange();
    };
    try {
      await waitUntilReady(address, signal, { within: this.#patience.within, authority: () => this.#authorityOf(address) });
    } catch {
      tell('silent');
      while (!signal.aborted && !(await isAnswering(address, signal, this.#authorityOf(address))))
        await wait(pause, undefined, { signal, ref: false }).catch(() => {});
    }
    tell('answered');
  }
}
