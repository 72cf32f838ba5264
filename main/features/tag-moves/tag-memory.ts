import type { RememberedRepository, TagTimeline } from '../../../contract/tag-moves.ts';
import type { Sighting } from './tag-sighting.ts';
import { numberOr, type Statements, TagStore } from './tag-store.ts';
import { describeRepository, tellTimeline } from './tell-timeline.ts';
import { applyEvent, attribute, compareList } from './write-sighting.ts';

/** The most that is remembered; the oldest goes first. */
export type Bounds = { days: number; moves: number };
export const usualBounds: Omit<Bounds, 'days'> = { moves: 200_000 };

/** After so many new moves, what is too old is forgotten. */
const pruneAfter = 500;
const day = 86_400_000;

/**
 * Every move of every name, in a SQLite file: what is known of a name is compared with what was seen of it, in one transaction, so that
 * several apps may write the same file and none of them writes a move twice. Its calls block, and so belong into a thread.
 */
export class TagMemory {
  readonly #store: TagStore;
  #days: number;
  readonly #mostMoves: number;
  #sincePruned = pruneAfter;

  constructor(path: string, { days, moves }: Bounds) {
    this.#store = new TagStore(path);
    this.#days = days;
    this.#mostMoves = moves;
  }

  /** Changes how long moves are remembered. */
  keepFor(days: number): void {
    this.#days = days;
    this.#store.use((statements) => this.#prune(statements, Date.now()));
  }

  /** Until when a place is known; undefined if it was never seen. */
  seen(place: string): number | undefined {
    return this.#store.use(({ place: ask }) => numberOr(ask.get(place)?.seen, undefined));
  }

  /** Writes down what was seen. Returns how many moves and names of it are new, or known better. */
  see({ place, now, events, list, doings }: Sighting): number {
    return this.#store.use((statements) => {
      if (!statements.place.get(place)) statements.addPlace.run(place, now);
      let moves = 0;
      for (const event of events) moves += applyEvent(statements, place, event);
      if (list) moves += compareList(statements, place, list);
      for (const [image, digest] of list?.digests ?? []) statements.addDigest.run(place, image, digest);
      this.#sincePruned += moves;
      if (this.#sincePruned >= pruneAfter) this.#prune(statements, now);
      return moves + doings.reduce((sum, doing) => sum + attribute(statements, place, doing), 0);
    });
  }

  /** The moves of a repository since a time, of the tags that contain a text. */
  timeline(place: string, repository: string, from: number, containing = ''): TagTimeline {
    return this.#store.use((statements) => tellTimeline(statements, { place, repository, from, containing }));
  }

  /** Every repository of which something is known at a place, those that moved last first. */
  repositories(place: string): RememberedRepository[] {
    return this.#store.use(({ repositories }) => repositories.all(place, place, place).map(describeRepository));
  }

  /** Every repository whose place begins like this, each of which is a place of its own. */
  repositoriesOfPlaces(beginning: string): RememberedRepository[] {
    return this.#store.use(({ places, repositories }) =>
      places.all(`${beginning}%`).flatMap(({ place = null }) => repositories.all(place, place, place).map(describeRepository)),
    );
  }

  /** Images that a tag has left for another, and of which no tag was removed since; when that was, the newest first. */
  left(place: string): { image: string; at: number }[] {
    return this.#store.use(({ left }) => left.all(place).map(({ image, at }) => ({ image: String(image), at: Number(at) })));
  }

  /** Forgets everything; from now on it is remembered anew. */
  forget(): void {
    this.#store.use((_, database) =>
      database.exec('DELETE FROM moves; DELETE FROM names; DELETE FROM unseen; DELETE FROM digests; DELETE FROM places'),
    );
  }

  close(): void {
    this.#store.close();
  }

  #prune({ forgetBefore, countMoves, forgetOldest, forgetDigests }: Statements, now: number): void {
    this.#sincePruned = 0;
    forgetBefore.run(now - this.#days * day);
    const excess = Number(countMoves.get()?.count) - this.#mostMoves;
    if (excess > 0) forgetOldest.run(excess);
    forgetDigests.run();
  }
}
