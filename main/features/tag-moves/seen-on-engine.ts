import type { EngineEvent } from '../../foundation/engine/events.ts';
import { isKeptName } from '../../foundation/engine/kept-names.ts';
import type { Doing, Hint, TagEvent, TagList } from './tag-sighting.ts';

/** The most events that wait to be written down; of more, the next list tells. */
const mostWaiting = 20_000;
/** Milliseconds for which a task is remembered: the list that shows what it did may come later. */
const doingsLast = 120_000;

/** What one engine has told of its names, until it is written down. */
export class SeenOnEngine {
  #events: TagEvent[] = [];
  /** When events came that name no name, since the list before. */
  #hints: (Hint & { heard: number })[] = [];
  #doings: Doing[] = [];
  /** When the last event about a name came. */
  readonly #told = new Map<string, number>();
  /** Before the first list, nobody knows what was missed. */
  #isListed = false;
  /** Events that were read from the engine's own memory, and may come once more. */
  #repeated = new Set<string>();

  /** An event, at the time when it came. Returns whether it says something of names. */
  notice(event: EngineEvent, now: number): boolean {
    const told = tagEventOf(event, now);
    if (told) {
      if (this.#repeated.delete(keyOf(told))) return false;
      // an engine doesn't say which name an image lost: it may have been this one, before it came here
      const isWatched = this.#isListed && !this.#hints.some(({ kind }) => kind === 'lost');
      if (this.#events.length < mostWaiting) this.#events.push({ ...told, isWatched });
      this.#told.set(told.name, now);
      return true;
    }
    const { Type, Action, id, name, at = now } = event;
    const kind = Type !== 'image' ? undefined : lostBy.has(Action) ? 'lost' : cameBy.has(Action) ? 'came' : undefined;
    if (kind && this.#hints.length < mostWaiting)
      this.#hints.push({ kind, ...(id && { image: id }), ...(name && { name }), at: Math.floor(Math.min(at, now)), heard: now });
    return kind !== undefined;
  }

  /** Events of the time before it was listened to, in their order. */
  repeat(events: readonly EngineEvent[], now: number): void {
    const live = new Set(this.#events.map(keyOf));
    const before: TagEvent[] = [];
    for (const event of events) {
      const told = tagEventOf(event, now);
      if (!told) this.notice(event, now);
      else if (!live.has(keyOf(told))) before.push({ ...told, isRepeated: true });
    }
    this.#repeated = new Set(before.map(keyOf));
    this.#events = [...before, ...this.#events];
  }

  did(doing: Doing): void {
    this.#doings = [...this.#doings.filter(({ endedAt }) => endedAt > doing.endedAt - doingsLast), doing];
  }

  /** What was told since this was last asked. */
  take(): { events: TagEvent[]; doings: Doing[] } {
    const events = this.#events;
    this.#events = [];
    return { events, doings: this.#doings };
  }

  /** What has to be known beside a list to compare it with what is known: of which names it may be wrong, and what else was told. */
  listed({ began }: Pick<TagList, 'began'>): Pick<TagList, 'skip' | 'hints' | 'isWatched'> {
    const isWatched = this.#isListed;
    this.#isListed = true;
    const skip = [...this.#told].flatMap(([name, at]) => (at >= began ? [name] : []));
    const hints = this.#hints;
    // what was heard since then may be about names that the list leaves open
    this.#hints = hints.filter(({ at, heard }) => Math.max(at, heard) >= began);
    for (const [name, at] of this.#told) if (at < began) this.#told.delete(name);
    return { skip, hints, isWatched };
  }
}

/** What an event tells of a name, if it is one that gives an image a name. */
function tagEventOf({ Type, Action, id, name, at = Number.POSITIVE_INFINITY }: EngineEvent, now: number): TagEvent | undefined {
  if (name === undefined || name.includes('@') || isKeptName(name)) return undefined;
  const isTag = Type === 'image' && Action === 'tag' && id?.startsWith('sha256:');
  // rounded down, as this computer's clock is: a move must not come after the end of the task that made it
  return isTag ? { name, image: id, at: Math.floor(Math.min(at, now)), isWatched: false } : undefined;
}

const keyOf = ({ name, image, at }: TagEvent): string => `${name} ${image} ${at}`;

const lostBy = new Set(['untag', 'delete', 'remove']);
const cameBy = new Set(['pull', 'load', 'import', 'loadfromarchive', 'build']);
