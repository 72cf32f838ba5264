import { EventEmitter, once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { EngineState } from '../../../contract/engine.ts';
import type { Failure } from '../../../contract/failure.ts';
import { FailureError, toFailure } from '../failures/failure.ts';
import { type Endpoint, findCandidates, type Machine } from './candidates.ts';
import { type EngineEvent, followEvents } from './events.ts';
import { type Engine, isSsh, openEngine } from './open-engine.ts';
import type { SshWays } from './ssh/ssh-ways.ts';

/** Milliseconds between two searches while there is no engine. */
const searchEvery = 1000;
/** Milliseconds between two tries over SSH: each signs in to another computer. */
const sshEvery = 5000;
/** Milliseconds for an answer over SSH, which has to wait for whatever else is being sent; ssh itself notices sooner that it is cut off. */
const sshPatience = 60_000;

/** `following`: from now on no event is missed; what changed just before has to be read. */
type ConnectionEvents = { state: [EngineState]; event: [EngineEvent]; following: []; 'search-again': [] };

/** Finds an engine, notices when it goes away, and finds it again. The only place that knows whether there is one. */
export class EngineConnection extends EventEmitter<ConnectionEvents> {
  #state: EngineState = { state: 'searching' };
  #engine: Engine | undefined;
  /** Where the last connected engine was. */
  #lastPlace: string | undefined;
  readonly #machine: Machine;
  readonly #closing = new AbortController();
  /** The place that a person chose; without it, the first engine that answers is taken. */
  #chosen: string | undefined;
  /** Ends the connection to the engine, to look for another one. */
  #leaving = new AbortController();

  /** A person has just chosen the engine, or said to connect: what a way to it asks is put to them. */
  #isAwaited = true;
  readonly #ssh: SshWays | undefined;
  /** Places over SSH that aren't tried again before a time, with why the last try failed. */
  readonly #resting = new Map<string, { failure: Failure; until: number }>();

  constructor(machine: Machine, ssh?: SshWays) {
    super();
    this.#machine = machine;
    this.#ssh = ssh;
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Where it is connected, or was until now. */
  get place(): string | undefined {
    return this.#engine?.candidate.id ?? this.#lastPlace;
  }

  /** The connected engine, if any. */
  get current(): Engine | undefined {
    return this.#engine;
  }

  /** The connected engine. Throws the failure to show if there is none. */
  get engine(): Engine {
    if (this.#engine) return this.#engine;
    throw new FailureError(this.#state.state === 'missing' ? this.#state.failure : noEngine);
  }

  /** Searches at once, without waiting for the next turn, because a person wants it: they may be asked something. */
  searchAgain(): void {
    if (!this.#engine) this.#isAwaited = true;
    this.emit('search-again');
  }

  /** Connects only to this place from now on, or again to the first engine that answers. A connection to another engine ends. */
  choose(place: string | undefined): void {
    if (place === this.#chosen) return;
    this.#chosen = place;
    this.#lastPlace = undefined;
    this.#isAwaited = true;
    this.#leaving.abort();
    this.searchAgain();
  }

  /** The place that a person chose, if any. */
  get chosen(): string | undefined {
    return this.#chosen;
  }

  close(): void {
    this.#closing.abort();
  }

  /** Runs until `close` is called. */
  async run(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const leaving = new AbortController();
      this.#leaving = leaving;
      const { engine, tried } = await this.#search(AbortSignal.any([signal, leaving.signal]));
      if (signal.aborted) return;
      // meanwhile another one was chosen
      if (leaving.signal.aborted) continue;
      if (!engine) {
        this.#change({ state: 'missing', failure: this.#explain(tried), tried });
        await this.#waitForNextSearch();
        continue;
      }
      this.#engine = engine;
      this.#lastPlace = engine.candidate.id;
      const { docker, address: _, ...facts } = engine;
      this.#change({ state: 'connected', ...facts });
      const since = Date.now();
      await followEvents(
        docker,
        AbortSignal.any([signal, leaving.signal]),
        (event) => this.emit('event', event),
        () => this.emit('following'),
        ...(isSsh(engine.candidate) ? [sshPatience] : []),
      );
      this.#engine = undefined;
      if (signal.aborted) return;
      if (leaving.signal.aborted) {
        this.#change({ state: 'searching' });
        continue;
      }
      this.#change({ state: 'missing', failure: isSsh(engine.candidate) ? connectionCut : engineStopped, tried: [] });
      // without a pause, an engine that answers but sends no events would be asked in a tight loop
      if (Date.now() - since < searchEvery) await this.#waitForNextSearch();
    }
  }

  #explain(tried: Attempt[]): Failure {
    const named = this.#machine.env.DOCKER_HOST;
    // ssh knows best what is wrong on the way to another computer
    const far = tried.find(({ candidate }) => isSsh(candidate));
    if (far && (this.#lastPlace === undefined || this.#lastPlace === far.candidate.id)) return far.failure;
    // a person who chose an engine needs no advice on how to get another one
    if (this.#chosen !== undefined && !named && this.#lastPlace === undefined) return chosenIsSilent(this.#chosen, tried);
    return summarise(tried, this.#lastPlace, named);
  }

  async #search(signal: AbortSignal): Promise<{ engine?: Engine; tried: Attempt[] }> {
    const mayAsk = this.#isAwaited;
    this.#isAwaited = false;
    if (mayAsk) this.#resting.clear();
    const tried: Attempt[] = [];
    for (const endpoint of await findCandidates(this.#machine, this.#chosen)) {
      const resting = this.#resting.get(endpoint.id);
      if (resting && resting.until > Date.now()) {
        tried.push({ candidate: endpoint, failure: resting.failure });
        continue;
      }
      try {
        return { engine: await openEngine(endpoint, { ssh: this.#ssh, mayAsk, signal }), tried };
      } catch (error) {
        const failure = toFailure(error);
        tried.push({ candidate: endpoint, failure });
        // what only a person can answer isn't tried again without them: computers lock out whoever fails too often
        const until = failure.kind === 'engine-asks' ? Number.POSITIVE_INFINITY : Date.now() + sshEvery;
        if (isSsh(endpoint)) this.#resting.set(endpoint.id, { failure, until });
      }
    }
    return { tried };
  }

  async #waitForNextSearch(): Promise<void> {
    const done = new AbortController();
    const signal = AbortSignal.any([this.#closing.signal, done.signal]);
    await Promise.race([wait(searchEvery, undefined, { signal }), once(this, 'search-again', { signal })]).catch(() => {});
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

// an engine that may not be used needs different advice than one that is missing
function summarise(tried: Attempt[], lastPlace: string | undefined, named: string | undefined): Failure {
  // an engine may come back from an update in a version that Layerdeck doesn't speak
  const updated = tried.find(({ candidate, failure }) => candidate.id === lastPlace && failure.kind === 'engine-unsupported');
  if (updated) return updated.failure;
  // a person who had an engine a moment ago has to start it again, not install one
  if (lastPlace !== undefined) return engineStopped;
  // an engine that can't be spoken with, or an unsupported kind of address, is no reason to install another one
  const unusable = tried.find(({ failure }) => failure.kind === 'engine-unsupported' || failure.kind === 'invalid-input');
  if (unusable) return unusable.failure;
  const forbidden = tried.find(({ failure }) => failure.kind === 'not-permitted');
  if (!forbidden) return named ? namedIsSilent(tried) : noEngine;
  return {
    kind: 'not-permitted',
    title: 'There is an engine, but your user may not use it',
    detail: `${forbidden.candidate.label} at ${forbidden.candidate.address} refused the connection.`,
    hint: 'On Linux, add your user to the “docker” group, then sign in to the computer again.',
    ...(forbidden.failure.cause && { cause: forbidden.failure.cause }),
  };
}

// no other engine counts, so installing one would not help
const namedIsSilent = ([attempt]: Attempt[]): Failure => ({
  kind: 'engine-lost',
  title: 'The engine that DOCKER_HOST names doesn’t answer',
  detail: `It should be at ${attempt?.candidate.address ?? 'an unknown address'}. Because an engine is named, Layerdeck doesn’t look for another one.`,
  hint: 'Start that engine, or start Layerdeck without the DOCKER_HOST variable, so that it finds an engine by itself.',
  ...(attempt?.failure.cause && { cause: attempt.failure.cause }),
});

const chosenIsSilent = (place: string, [attempt]: Attempt[]): Failure =>
  attempt
    ? {
        ...attempt.failure,
        title: `The engine you chose doesn’t answer: ${attempt.candidate.label}`,
        detail: `${attempt.failure.title}. ${attempt.failure.detail}`,
        hint: 'Start it, or choose another one under Engines. Layerdeck connects as soon as it answers.',
      }
    : {
        kind: 'engine-lost',
        title: 'The engine you chose is no longer known here',
        detail: `It was at ${place}. Its docker context was removed or leads elsewhere now.`,
        hint: 'Choose another one under Engines.',
      };

const noEngine: Failure = {
  kind: 'engine-missing',
  title: 'No engine answers',
  detail: 'Layerdeck shows and moves images, but an engine such as Docker or Podman stores, builds and runs them.',
  hint: 'Start or install one. Layerdeck connects as soon as it answers.',
};

const connectionCut: Failure = {
  kind: 'engine-lost',
  title: 'The connection to the engine is gone',
  detail: 'The network failed, the other computer was switched off, or the engine there stopped.',
  hint: 'Layerdeck connects again as soon as the computer can be reached.',
};

const engineStopped: Failure = {
  kind: 'engine-lost',
  title: 'The engine stopped',
  detail: 'It was stopped, it crashed, or this computer can no longer reach it.',
  hint: 'Start it again. Layerdeck connects as soon as it answers.',
};
