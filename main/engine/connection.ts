import { EventEmitter, once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { EngineState } from '../../contract/engine.ts';
import type { Failure } from '../../contract/failure.ts';
import { type Endpoint, findCandidates, type Surroundings } from './candidates.ts';
import { type EngineEvent, followEvents } from './events.ts';
import { FailureError, toFailure } from './failure.ts';
import { type Engine, openEngine } from './open-engine.ts';

/** Milliseconds between two looks for an engine while there is none. */
const lookEvery = 1000;

/** `following` says that from now on no event is missed; what changed just before has to be asked for. */
type Happenings = { state: [EngineState]; event: [EngineEvent]; following: []; 'search-again': [] };

/** Finds an engine, notices when it goes, and finds it again; the one place that knows whether there is one. */
export class EngineConnection extends EventEmitter<Happenings> {
  #state: EngineState = { state: 'searching' };
  #engine: Engine | undefined;
  #hadEngine = false;
  readonly #surroundings: Surroundings;
  readonly #closing = new AbortController();

  constructor(surroundings: Surroundings) {
    super();
    this.#surroundings = surroundings;
  }

  get state(): EngineState {
    return this.#state;
  }

  /** The engine that answers now, if any. */
  get current(): Engine | undefined {
    return this.#engine;
  }

  /** The engine that answers now. Throws the failure to show where there is none. */
  get engine(): Engine {
    if (this.#engine) return this.#engine;
    throw new FailureError(this.#state.state === 'missing' ? this.#state.failure : noEngine);
  }

  /** Looks at once instead of at the next turn. */
  searchAgain(): void {
    this.emit('search-again');
  }

  close(): void {
    this.#closing.abort();
  }

  /** Runs until `close`. */
  async run(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const { engine, tried } = await this.#search();
      if (!engine) {
        this.#change({ state: 'missing', failure: summarise(tried, this.#hadEngine, this.#surroundings.env.DOCKER_HOST), tried });
        await this.#waitForNextLook();
        continue;
      }
      this.#engine = engine;
      this.#hadEngine = true;
      const { docker, ...facts } = engine;
      this.#change({ state: 'connected', ...facts });
      const since = Date.now();
      await followEvents(
        docker,
        signal,
        (event) => this.emit('event', event),
        () => this.emit('following'),
      );
      this.#engine = undefined;
      if (signal.aborted) return;
      this.#change({ state: 'missing', failure: engineStopped, tried: [] });
      // an engine that answers but tells no events would be asked without a pause
      if (Date.now() - since < lookEvery) await this.#waitForNextLook();
    }
  }

  async #search(): Promise<{ engine?: Engine; tried: Attempt[] }> {
    const tried: Attempt[] = [];
    for (const endpoint of await findCandidates(this.#surroundings)) {
      try {
        return { engine: await openEngine(endpoint), tried };
      } catch (error) {
        tried.push({ candidate: endpoint, failure: toFailure(error) });
      }
    }
    return { tried };
  }

  async #waitForNextLook(): Promise<void> {
    const done = new AbortController();
    const signal = AbortSignal.any([this.#closing.signal, done.signal]);
    await Promise.race([wait(lookEvery, undefined, { signal }), once(this, 'search-again', { signal })]).catch(() => {});
    done.abort();
  }

  #change(state: EngineState): void {
    // the same "missing" every second would redraw the window for nothing
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    this.emit('state', state);
  }
}

type Attempt = { candidate: Endpoint; failure: Failure };

// An engine that is there but may not be used needs other advice than one that is not there.
function summarise(tried: Attempt[], hadEngine: boolean, named: string | undefined): Failure {
  // who had one a moment ago has to start it again and not to install one
  if (hadEngine) return engineStopped;
  // an address of a kind we cannot use is no reason to install another engine
  const unusable = tried.find(({ failure }) => failure.kind === 'invalid-input');
  if (unusable) return unusable.failure;
  const forbidden = tried.find(({ failure }) => failure.kind === 'not-permitted');
  if (!forbidden) return named ? namedIsSilent(tried) : noEngine;
  return {
    kind: 'not-permitted',
    title: 'An engine is here, but your user may not use it',
    detail: `${forbidden.candidate.label} at ${forbidden.candidate.address} refused the connection.`,
    hint: 'On Linux, add your user to the group “docker” and sign in again.',
    ...(forbidden.failure.cause && { cause: forbidden.failure.cause }),
  };
}

// it is the only one that counts: installing another would change nothing
const namedIsSilent = ([attempt]: Attempt[]): Failure => ({
  kind: 'engine-lost',
  title: 'The engine that DOCKER_HOST names does not answer',
  detail: `It is expected at ${attempt?.candidate.address ?? 'an unknown address'}. As one is named, Layerdeck looks for no other.`,
  hint: 'Start that engine, or start Layerdeck without the variable DOCKER_HOST: then it finds an engine by itself.',
  ...(attempt?.failure.cause && { cause: attempt.failure.cause }),
});

const noEngine: Failure = {
  kind: 'engine-missing',
  title: 'No engine answers',
  detail: 'Layerdeck shows and moves images; an engine such as Docker or Podman keeps, builds and runs them.',
  hint: 'Start or install one. Layerdeck connects by itself as soon as it answers.',
};

const engineStopped: Failure = {
  kind: 'engine-lost',
  title: 'The engine stopped',
  detail: 'It was stopped, it crashed, or this computer cannot reach it any more.',
  hint: 'Start it again. Layerdeck connects by itself as soon as it answers.',
};
