import { EventEmitter } from 'node:events';
import type { RememberedRepository, TagTimeline } from '../../../contract/tag-moves.ts';
import type { Task } from '../../../contract/task.ts';
import { type EngineEvent, readEvents } from '../../foundation/engine/events.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { placeOfEngine, placeOfRepository, registries } from '../../foundation/engine/place-of-engine.ts';
import type { Access } from '../../foundation/registries/open-repository.ts';
import { AskedThread } from '../../foundation/threads/asked-thread.ts';
import { doneToNames } from './done-to-names.ts';
import { lookAtRepository, lookAtTags, registryName, seenInRegistries, sightingOf } from './registry-tags.ts';
import { SeenOnEngine } from './seen-on-engine.ts';
import { type Bounds, type TagMemory, usualBounds } from './tag-memory.ts';
import type { Sighting, TagList } from './tag-sighting.ts';

/** Milliseconds for which events are gathered before they are written down. */
const gatherFor = 200;
/** Milliseconds between two words that something has moved: whoever hears it reads a timeline again. */
const tellEvery = 500;
/** Milliseconds in which an engine tells what it remembers of the time before. */
const repeatWithin = 5000;

/** Milliseconds that a registry gets to say where a tag is, before it is pushed to; and how many tags are asked about. */
const lookWithin = 3000;
const mostLookedAt = 20;

export type MemoryOrder = { path: string; bounds: Bounds };

/** Names on an engine as they were listed, and when it was asked. */
export type ListedNames = { images: readonly { id: string; references: readonly string[]; digests: readonly string[] }[]; began: number };

type Followed = {
  engine: Engine;
  seen: SeenOnEngine;
  /** One thing after the other, in the order in which it was told. */
  turn: Promise<void>;
  /** Until what the engine remembers of the time before was read, all that it tells waits. */
  isReady: boolean;
  /** A list that waits. */
  list?: Pick<TagList, 'names' | 'began' | 'ended' | 'digests'> | undefined;
  /** Digests that were told already. */
  digests: Set<string>;
  /** Lists that were begun before count for nothing: events may be missing beside them. */
  since: number;
  timer?: NodeJS.Timeout | undefined;
};

/**
 * Remembers each move of each tag, as far as events and lists of engines tell it, and what this app does. All that takes long is done in
 * a thread; here things are only gathered. What can't be written down is not remembered, and nothing else suffers from it.
 */
export class TagMoves extends EventEmitter<{ moved: []; forgotten: [] }> {
  readonly #thread: AskedThread<Omit<TagMemory, 'close'>>;
  readonly #followed = new Map<Engine, Followed>();
  /** What registries told, one after the other. */
  #registries: Promise<void> = Promise.resolve();
  #days: number;
  #moves = 0;
  #telling: NodeJS.Timeout | undefined;

  /** `path`: the file that keeps it. */
  constructor(path: string, days: number) {
    super();
    this.#days = days;
    const order: MemoryOrder = { path, bounds: { days, ...usualBounds } };
    this.#thread = new AskedThread(new URL('./tag-memory-worker.ts', import.meta.url), order);
  }

  /** How many moves were seen since the start. */
  get moves(): number {
    return this.#moves;
  }

  get #isOn(): boolean {
    return this.#days > 0;
  }

  /** From now on every event of this engine is told. */
  follow(engine: Engine): void {
    const now = Date.now();
    const followed: Followed = {
      engine,
      seen: new SeenOnEngine(),
      turn: Promise.resolve(),
      isReady: false,
      since: now,
      digests: new Set(),
    };
    this.#followed.set(engine, followed);
    void this.#inTurn(followed, async () => {
      const known = this.#isOn ? await this.#thread.ask('seen', [await placeOfEngine(engine)]) : undefined;
      if (known !== undefined) followed.seen.repeat(await readRemembered(engine, known, now), now);
    }).then(() => {
      followed.isReady = true;
      this.#flush(followed);
    });
  }

  /** The engine no longer tells anything. */
  async leave(engine: Engine): Promise<void> {
    const followed = this.#followed.get(engine);
    if (!followed) return;
    this.#flush(followed);
    this.#followed.delete(engine);
    await followed.turn;
  }

  noticeEvent(engine: Engine, event: EngineEvent): void {
    const followed = this.#followed.get(engine);
    if (followed?.seen.notice(event, Date.now())) followed.timer ??= setTimeout(() => this.#flush(followed), gatherFor);
  }

  /** Names as they were listed, all of them. */
  noticeNames(engine: Engine, { images, began }: ListedNames): void {
    const followed = this.#followed.get(engine);
    if (!followed || began < followed.since) return;
    const names = images.flatMap(({ id, references }) => references.map((name) => [name, id] as const));
    const digests = images.flatMap(({ id, digests: own }) => own.map((digest) => [id, digest] as const));
    const fresh = digests.filter(([id, digest]) => !followed.digests.has(`${id} ${digest}`));
    for (const [id, digest] of fresh) followed.digests.add(`${id} ${digest}`);
    followed.list = { names, began, ended: Date.now(), digests: [...(followed.list?.digests ?? []), ...fresh] };
    this.#flush(followed);
  }

  /** A task of this app on that engine: what it did to names is told from what others did. */
  noticeTask(task: Task, engine: Engine): void {
    const doing = doneToNames(task);
    const followed = doing && this.#followed.get(engine);
    if (!followed) return;
    followed.seen.did(doing);
    this.#flush(followed);
  }

  /** What a task tells of tags in registries. */
  noticeInRegistries(task: Task): void {
    for (const sighting of seenInRegistries(task)) this.#seeInTurn(sighting);
  }

  /** Asks a registry where the tags of a repository are. Rejects with its error. */
  async look(repository: string, access: Access, signal: AbortSignal | undefined): Promise<void> {
    const list = await lookAtRepository(repository, access, signal);
    this.#seeInTurn(sightingOf(registryName(`${repository}:x`).repository, { list }));
    await this.#registries;
  }

  /** Asks registries where these tags are, before they are moved. Never rejects, and gives up soon. */
  async lookAt(references: readonly string[], access: Access): Promise<void> {
    if (!this.#isOn) return;
    const sightings = await lookAtTags(references.slice(0, mostLookedAt), access, AbortSignal.timeout(lookWithin));
    for (const sighting of sightings) this.#seeInTurn(sighting);
  }

  async timelineInRegistry(repository: string, from: number, containing?: string): Promise<TagTimeline> {
    await this.#registries;
    const { repository: whole } = registryName(`${repository}:x`);
    return this.#thread.ask('timeline', [placeOfRepository(whole), whole, from, containing]);
  }

  async inRegistries(): Promise<RememberedRepository[]> {
    await this.#registries;
    return this.#thread.ask('repositoriesOfPlaces', [registries]);
  }

  async timeline(engine: Engine, repository: string, from: number, containing?: string): Promise<TagTimeline> {
    await this.#written(engine);
    return this.#thread.ask('timeline', [await placeOfEngine(engine), repository, from, containing]);
  }

  async repositories(engine: Engine): Promise<RememberedRepository[]> {
    await this.#written(engine);
    return this.#thread.ask('repositories', [await placeOfEngine(engine)]);
  }

  /** Images that a tag of this engine has left, the newest first, and when. */
  async left(engine: Engine): Promise<{ image: string; at: number }[]> {
    await this.#written(engine);
    return this.#thread.ask('left', [await placeOfEngine(engine)]);
  }

  /** For how many days moves are remembered; with 0, all is forgotten, and nothing more is written down. */
  async keepFor(days: number): Promise<void> {
    if (days === this.#days) return;
    const wasOff = !this.#isOn;
    this.#days = days;
    if (days === 0) return this.forget();
    await this.#thread.ask('keepFor', [days]);
    // what was listed while nothing was kept is told anew
    if (wasOff) for (const { digests } of this.#followed.values()) digests.clear();
  }

  async forget(): Promise<void> {
    await this.#thread.ask('forget', []);
    for (const { digests } of this.#followed.values()) digests.clear();
    this.emit('forgotten');
    this.#tell(1);
  }

  /** Resolves when everything is on disk. */
  async close(): Promise<void> {
    await Promise.all([...this.#followed.keys()].map((engine) => this.leave(engine)));
    await this.#registries;
    clearTimeout(this.#telling);
    await this.#thread.close();
  }

  async #written(engine: Engine): Promise<void> {
    const followed = this.#followed.get(engine);
    if (followed) this.#flush(followed);
    await followed?.turn;
  }

  #flush(followed: Followed): void {
    clearTimeout(followed.timer);
    followed.timer = undefined;
    if (!followed.isReady) return;
    // taken together: a list is compared beside just those events that came before and after it
    const { events, doings } = followed.seen.take();
    const list = followed.list && { ...followed.list, ...followed.seen.listed(followed.list) };
    followed.list = undefined;
    if (!this.#isOn || (!list && events.length === 0 && doings.length === 0)) return;
    void this.#inTurn(followed, async () => {
      await this.#see({ place: await placeOfEngine(followed.engine), now: Date.now(), events, doings, ...(list && { list }) });
    });
  }

  #inTurn(followed: Followed, act: () => Promise<void>): Promise<void> {
    // a moment that could not be written down is not remembered
    followed.turn = followed.turn.then(act).catch(() => {});
    return followed.turn;
  }

  #seeInTurn(sighting: Sighting): void {
    if (this.#isOn) this.#registries = this.#registries.then(() => this.#see(sighting)).catch(() => {});
  }

  async #see(sighting: Sighting): Promise<void> {
    const moves = await this.#thread.ask('see', [sighting]);
    if (moves > 0) this.#tell(moves);
  }

  #tell(moves: number): void {
    this.#moves += moves;
    if (this.#telling) return;
    this.emit('moved');
    const told = this.#moves;
    this.#telling = setTimeout(() => {
      this.#telling = undefined;
      if (this.#moves > told) this.#tell(0);
    }, tellEvery).unref();
  }
}

/** Which names images got between two times, as far as the engine itself remembers; nothing if it doesn't say. */
async function readRemembered(engine: Engine, since: number, until: number): Promise<EngineEvent[]> {
  const found: EngineEvent[] = [];
  const reading = { signal: AbortSignal.timeout(repeatWithin), between: [since, until] as [number, number] };
  try {
    for await (const event of readEvents(engine.docker, { type: ['image'] }, reading)) found.push(event);
  } catch {
    // the list tells the rest
  }
  return found;
}
