import * as z from 'zod';
import { parseReference, referenceProblem, repositoryKey } from '../../../contract/reference.ts';
import { inspectContainer, readContainerList } from '../../foundation/engine/answers/container-answers.ts';
import { inspectImage } from '../../foundation/engine/answers/image-answers.ts';
import { type EngineEvent, readEvents } from '../../foundation/engine/events.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { placeOfEngine } from '../../foundation/engine/place-of-engine.ts';
import { JsonFile } from '../../foundation/files/json-file.ts';
import type { ReadList } from './image-watch.ts';

/** What says that a container takes its image, or took it until now; Docker's words and Podman's. */
const telling = new Set(['create', 'start', 'die', 'died', 'destroy', 'remove']);
const ending = new Set(['destroy', 'remove']);

/** Of so many images of one engine it is remembered when a container last took them; those used longest ago go first. */
const most = 5000;
/** Events that wait at most; what is more is not remembered. */
const mostWaiting = 1000;
/** Milliseconds for which uses are gathered before they are written down. */
const gatherFor = 2000;
/** Milliseconds of the past that an engine is asked about, and how long it may take to tell. */
const askedAbout = 30 * 86_400_000;
const tellWithin = 5000;

/** Times in milliseconds since 1970: when images were last taken, by id, and until when the engine's events were heard. */
type Place = { until: number; uses: Record<string, number> };
const Book = z.record(z.string().max(1000), z.object({ until: z.number(), uses: z.record(z.string().max(200), z.number()) }));

type Followed = {
  /** Which image each container was made from, by its id. */
  made: Map<string, string>;
  list?: ReadList;
  /** One thing after the other, in the order in which it was told. */
  turn: Promise<void>;
  waiting: number;
};

/**
 * Remembers when a container last took an image, also one that has gone since, as after `docker run --rm`: the engine lists only those
 * that are there. What can't be read or written down is not remembered, and nothing else suffers from it.
 */
export class ImageUses {
  readonly #file: JsonFile<Record<string, Place>>;
  #places: Record<string, Place> = {};
  readonly #followed = new Map<Engine, Followed>();
  #timer: NodeJS.Timeout | undefined;

  constructor(file: string) {
    this.#file = new JsonFile(file, Book);
  }

  async load(): Promise<void> {
    this.#places = (await this.#file.read()) ?? {};
  }

  /** When a container last took the images of this engine, by id, as far as that was heard. */
  async of(engine: Engine): Promise<ReadonlyMap<string, number>> {
    await this.#followed.get(engine)?.turn;
    const place = await placeOfEngine(engine).catch(() => undefined);
    return new Map(Object.entries((place !== undefined && this.#places[place]?.uses) || {}));
  }

  /** From now on every event of this engine is told. */
  follow(engine: Engine): void {
    const followed: Followed = { made: new Map(), turn: Promise.resolve(), waiting: 0 };
    this.#followed.set(engine, followed);
    this.#inTurn(followed, async () => {
      for (const { Id, ImageID } of await readContainerList(engine)) followed.made.set(Id, ImageID);
    });
  }

  leave(engine: Engine): void {
    this.#followed.delete(engine);
  }

  noticeEvent(engine: Engine, event: EngineEvent): void {
    const followed = this.#followed.get(engine);
    if (!followed || !tells(event) || followed.waiting >= mostWaiting) return;
    const at = Math.min(event.at ?? Date.now(), Date.now());
    this.#inTurn(followed, async () => {
      const { made, list } = followed;
      const image = made.get(event.id) ?? (event.Action === 'create' ? await imageOf(engine, event, list) : undefined);
      if (image === undefined) return;
      if (ending.has(event.Action)) made.delete(event.id);
      else made.set(event.id, image);
      this.#use(await placeOfEngine(engine), [[image, at]]);
    });
  }

  /** The images as they were listed; with the first list the engine is asked what happened before anybody listened. */
  noticeList(engine: Engine, list: ReadList): void {
    const followed = this.#followed.get(engine);
    if (!followed) return;
    const isFirst = followed.list === undefined;
    followed.list = list;
    if (isFirst)
      this.#inTurn(followed, async () => {
        const place = await placeOfEngine(engine);
        const since = Math.max(this.#places[place]?.until ?? 0, list.began - askedAbout);
        this.#use(place, await usesBefore(engine, list, since));
      });
  }

  /** Resolves when everything is on disk. */
  async close(): Promise<void> {
    await Promise.all([...this.#followed.values()].map(({ turn }) => turn));
    if (this.#timer) this.#write();
    await this.#file.settled();
  }

  #use(place: string, found: readonly (readonly [image: string, at: number])[]): void {
    const uses = new Map(Object.entries(this.#places[place]?.uses ?? {}));
    for (const [image, at] of found) uses.set(image, Math.max(at, uses.get(image) ?? 0));
    const kept = uses.size > most ? [...uses].sort(([, a], [, b]) => b - a).slice(0, most) : uses;
    this.#places[place] = { until: Date.now(), uses: Object.fromEntries(kept) };
    this.#timer ??= setTimeout(() => this.#write(), gatherFor).unref();
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#file.write(() => this.#places).catch(() => {}); // only a convenience is lost
  }

  #inTurn(followed: Followed, act: () => Promise<void>): void {
    followed.waiting++;
    followed.turn = followed.turn
      .then(act)
      .catch(() => {})
      .finally(() => followed.waiting--);
  }
}

type Telling = EngineEvent & { id: string };

const tells = (event: EngineEvent): event is Telling => event.Type === 'container' && telling.has(event.Action) && event.id !== undefined;

/** The image that a new container is made from: its own word, and of one that has gone by now, the name that it was asked for by. */
async function imageOf(engine: Engine, event: Telling, list: ReadList | undefined): Promise<string | undefined> {
  const found = await inspectContainer(engine, event.id).catch(() => undefined);
  return found?.Image || findImage(list, event.image)?.id;
}

/** Which images containers took since a time, as the engine remembers: those that are named by their ids, or have had that name since. */
async function usesBefore(engine: Engine, list: ReadList, since: number): Promise<[string, number][]> {
  const last = new Map<string, number>();
  const reading = { signal: AbortSignal.timeout(tellWithin), between: [since, list.began] as [number, number] };
  try {
    for await (const event of readEvents(engine.docker, { type: ['container'] }, reading))
      if (tells(event) && event.image && event.at) last.set(event.image, Math.max(event.at, last.get(event.image) ?? 0));
  } catch {
    // what was heard until then counts
  }
  const found: [string, number][] = [];
  for (const [name, at] of last) {
    const image = findImage(list, name);
    if (image && (image.isById || (await namedSince(engine, image.id)) <= at)) found.push([image.id, at]);
  }
  return found;
}

/** When an image last got a name; never, if the engine doesn't say. */
async function namedSince(engine: Engine, id: string): Promise<number> {
  const found = await inspectImage(engine, id).catch(() => undefined);
  return Date.parse(found?.Metadata?.LastTagTime ?? '') || Number.POSITIVE_INFINITY;
}

/** The image that a container was asked for by: by an id or its beginning, or by a name. */
export function findImage(list: ReadList | undefined, asked = ''): { id: string; isById: boolean } | undefined {
  const images = list?.images ?? [];
  const hex = asked.replace(/^sha256:/, '');
  const name = nameKey(asked);
  const named = name === undefined ? undefined : images.find(({ references }) => references.some((one) => nameKey(one) === name));
  if (named && !asked.startsWith('sha256:')) return { id: named.id, isById: false };
  const byId = /^[0-9a-f]{4,64}$/.test(hex) ? images.filter(({ id }) => id.startsWith(`sha256:${hex}`)) : [];
  const [only] = byId;
  if (only && byId.length === 1) return { id: only.id, isById: true };
  const digest = asked.slice(asked.indexOf('@') + 1);
  const byDigest = asked.includes('@') ? images.find(({ digests }) => digests.some((one) => one.endsWith(`@${digest}`))) : undefined;
  return byDigest && { id: byDigest.id, isById: true };
}

/** The same for every way to write a name with its tag; undefined for what is no name, or has a digest. */
function nameKey(text: string): string | undefined {
  if (referenceProblem(text) !== undefined) return undefined;
  const reference = parseReference(text);
  return reference.digest ? undefined : `${repositoryKey(reference)}:${reference.tag ?? 'latest'}`;
}
