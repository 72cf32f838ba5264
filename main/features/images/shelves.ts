import { EventEmitter } from 'node:events';
import type { EngineBeside, EngineState } from '../../../contract/engine.ts';
import type { Machine } from '../../foundation/engine/candidates.ts';
import { identityOf } from '../../foundation/engine/engine-info.ts';
import type { EngineEvent } from '../../foundation/engine/events.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import type { SshWays } from '../../foundation/engine/ssh/ssh-ways.ts';
import { FailureError } from '../../foundation/failures/failure.ts';
import type { ReadList } from './image-watch.ts';
import { Shelf } from './shelf.ts';

/** `followed` and what comes after it tell of every engine: that its events are heard, one of them, its images, and that it is gone. */
type ShelvesEvents = {
  beside: [EngineBeside];
  left: [string];
  followed: [Engine];
  event: [Engine, EngineEvent];
  read: [Engine, ReadList];
  gone: [Engine];
};

/** The engine in use and those whose images are shown beside its own. Each has a connection of its own: none waits for another. */
export class Shelves extends EventEmitter<ShelvesEvents> {
  readonly main: Shelf;
  readonly #machine: Machine;
  readonly #ssh: SshWays | undefined;
  readonly #beside = new Map<string, Shelf>();
  /** What each engine that answers says it is. */
  readonly #identities = new WeakMap<Engine, string>();

  constructor(machine: Machine, ssh?: SshWays) {
    super();
    this.#machine = machine;
    this.#ssh = ssh;
    this.main = new Shelf(machine, ssh);
    this.main.connection.on('state', () => void this.#identify(this.main));
    this.#passOn(this.main);
  }

  get beside(): EngineBeside[] {
    return [...this.#beside.keys()].map((place) => this.#describe(place));
  }

  /** Shows the engines at these places beside the one in use, and no others; none where DOCKER_HOST names the only engine. */
  showBeside(wanted: readonly string[]): void {
    const places = this.#machine.env.DOCKER_HOST ? [] : wanted;
    for (const place of this.#beside.keys()) if (!places.includes(place)) this.#leave(place);
    for (const place of places) if (!this.#beside.has(place)) this.#open(place);
  }

  /** The shelf of the engine at a place; without one, that of the engine in use. Throws if it is not shown. */
  at(place: string | undefined): Shelf {
    const shelf = this.find(place);
    if (shelf) return shelf;
    throw new FailureError(notShown);
  }

  find(place: string | undefined): Shelf | undefined {
    if (place === undefined || place === this.main.connection.place) return this.main;
    return this.#beside.get(place);
  }

  /** The shelf of an engine that answered; of one that has gone, that of the engine in use. */
  of(engine: Engine): Shelf {
    return [...this.#beside.values()].find(({ connection }) => connection.current === engine) ?? this.main;
  }

  /** Has those that want the engine at a place search again, now that a person has made a way to it. */
  searchAt(place: string): void {
    const { connection } = this.main;
    if (connection.chosen === undefined || connection.chosen === place) connection.searchAgain();
    this.#beside.get(place)?.connection.searchAgain();
  }

  get all(): Shelf[] {
    return [this.main, ...this.#beside.values()];
  }

  /** Reads every list again. */
  touch(): void {
    for (const { images } of this.all) images.touch();
  }

  close(): void {
    for (const { connection } of this.all) connection.close();
  }

  #passOn({ connection, images }: Shelf): void {
    let followed: Engine | undefined;
    connection.on('state', () => {
      if (followed && followed !== connection.current) this.emit('gone', followed);
      followed = undefined;
    });
    connection.on('following', () => {
      followed = connection.current;
      if (followed) this.emit('followed', followed);
    });
    connection.on('event', (event) => followed && this.emit('event', followed, event));
    images.on('read', (list) => followed && this.emit('read', followed, list));
  }

  #open(place: string): void {
    const shelf = new Shelf(this.#machine, this.#ssh);
    this.#beside.set(place, shelf);
    shelf.connection.choose(place);
    shelf.connection.on('state', () => {
      this.#tell(place);
      void this.#identify(shelf);
    });
    shelf.images.on('list', () => this.#tell(place));
    this.#passOn(shelf);
    this.#tell(place);
    void shelf.connection.run();
  }

  #leave(place: string): void {
    const shelf = this.#beside.get(place);
    this.#beside.delete(place);
    shelf?.connection.close();
    this.emit('left', place);
    // what was shown there may have to be shown elsewhere now
    for (const other of this.#beside.keys()) this.#tell(other);
  }

  #tell(place: string): void {
    if (this.#beside.has(place)) this.emit('beside', this.#describe(place));
  }

  // what one engine is decides which others are shown already
  async #identify({ connection }: Shelf): Promise<void> {
    const engine = connection.current;
    const identity = engine && (await identityOf(engine).catch(() => undefined));
    if (engine && identity) this.#identities.set(engine, identity);
    for (const place of this.#beside.keys()) this.#tell(place);
  }

  #describe(place: string): EngineBeside {
    const { connection, images } = this.at(place);
    const isShownAlready = this.#isShownAlready(place);
    return {
      place,
      label: labelOf(connection.state) ?? place,
      engine: connection.state,
      ...(isShownAlready && { isShownAlready }),
      ...(images.list && !isShownAlready && { images: images.list }),
    };
  }

  /** Whether the place leads to an engine whose images are listed anyway, by another way or by this one. */
  #isShownAlready(place: string): boolean {
    const own = this.#beside.get(place);
    if (this.main.connection.current?.candidate.id === place) return true;
    const identity = own && this.#identityOf(own);
    if (identity === undefined) return false;
    const before = [...this.#beside].slice(0, [...this.#beside.keys()].indexOf(place)).map(([, shelf]) => shelf);
    return [this.main, ...before].some((shelf) => this.#identityOf(shelf) === identity);
  }

  #identityOf({ connection: { current } }: Shelf): string | undefined {
    return current && this.#identities.get(current);
  }
}

function labelOf(state: EngineState): string | undefined {
  if (state.state === 'connected') return state.candidate.label;
  return state.state === 'missing' ? state.tried[0]?.candidate.label : undefined;
}

const notShown = {
  kind: 'not-found' as const,
  title: 'This engine is not in the list any more',
  detail: 'Its images were hidden, or another engine is in use now.',
  hint: 'Show it again under Engines.',
};
