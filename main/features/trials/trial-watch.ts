import { EventEmitter } from 'node:events';
import type { Trial } from '../../../contract/trial.ts';
import { inspectContainer, readContainerList } from '../../foundation/engine/answers/container-answers.ts';
import type { EngineEvent } from '../../foundation/engine/events.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { AnsweringPorts } from './answering-ports.ts';
import { readTrial } from './read-trial.ts';
import { isMadeBy, madeBy, type TrialOwner } from './trial-labels.ts';

/** The containers of this Layerdeck on the engine in use, kept up to date by its events. */
export class TrialWatch extends EventEmitter<{ trials: [Trial[]] }> {
  #trials: Trial[] = [];
  #engine: Engine | undefined;
  #next: Promise<void> | undefined;
  #turn: Promise<void> = Promise.resolve();
  readonly #owner: TrialOwner;
  readonly #ports = new AnsweringPorts(() => void this.touch());

  constructor(owner: TrialOwner) {
    super();
    this.#owner = owner;
  }

  /** The newest first. */
  get trials(): Trial[] {
    return this.#trials;
  }

  use(engine: Engine | undefined): void {
    this.#engine = engine;
    // one that went away may never answer
    this.#turn = Promise.resolve();
    this.#next = undefined;
    this.#ports.keepOnly(new Set());
    if (engine) void this.touch();
    else this.#change([]);
  }

  notice({ Type, Action }: EngineEvent): void {
    // health checks and programs run inside containers send events all the time
    if (Type === 'container' && !/^(?:exec_|health_)/.test(Action)) void this.touch();
  }

  /** Resolves after a look that began after this call. While one goes on, all that happens is answered by one more. */
  touch(): Promise<void> {
    const engine = this.#engine;
    if (!engine) return Promise.resolve();
    this.#next ??= this.#turn.then(() => {
      this.#next = undefined;
      this.#turn = this.#look(engine).catch(() => {}); // the engine went away; the connection reports it
      return this.#turn;
    });
    return this.#next;
  }

  async #look(engine: Engine): Promise<void> {
    const listed = (await readContainerList(engine, madeBy(this.#owner))).filter(({ Names, Labels }) =>
      isMadeBy(this.#owner, { name: Names[0] ?? '', labels: Labels }),
    );
    const newest = listed.toSorted((one, other) => other.Created - one.Created);
    // one that is removed meanwhile is none any longer
    const found = await Promise.all(newest.map(({ Id }) => inspectContainer(engine, Id).catch(() => undefined)));
    if (engine !== this.#engine) return;
    const starts = new Set<string>();
    const trials = found.flatMap((container) => {
      if (!container) return [];
      const trial = readTrial(container);
      if (trial.state !== 'running') return [trial];
      const start = `${container.Id} ${container.State.StartedAt}`;
      starts.add(start);
      const asked = trial.ports.filter(({ protocol }) => protocol === 'tcp').map(({ here }) => here);
      return [readTrial(container, this.#ports.of(start, asked))];
    });
    this.#ports.keepOnly(starts);
    this.#change(trials);
  }

  #change(now: Trial[]): void {
    if (JSON.stringify(now) === JSON.stringify(this.#trials)) return;
    this.#trials = now;
    this.emit('trials', now);
  }
}
