import type { TagMove } from '../../../contract/tag-moves.ts';
import { type Doing, type Hint, splitName, type TagEvent, type TagList } from './tag-sighting.ts';
import { numberOr, type Row, type Statements } from './tag-store.ts';

type Name = { place: string; repository: string; tag: string };

/** Writes down what an event told. Returns how many moves and names of it are new. */
export function applyEvent(statements: Statements, place: string, { name, image, at: told, isWatched, isRepeated }: TagEvent): number {
  const [repository, tag] = splitName(name);
  const known = statements.name.get(place, repository, tag);
  const lastKnown = lastKnownOf(statements, place, name, known);
  if (told < lastKnown || (isRepeated && told === lastKnown)) return refine(statements, { place, repository, tag }, image, told);
  // an engine's clock may be behind: a name never moves before it moved last
  const at = Math.max(told, numberOr(known?.since, 0));
  if (known?.image === image) {
    if (known) statements.seeName.run(at, place, repository, tag);
    return 0;
  }
  // before all names were listed once, nobody knows where this one was
  if (!known && listedAt(statements, place) === 0 && !statements.unseen.get(place, repository, tag)) {
    if (image === undefined) return 0;
    statements.setName.run(place, repository, tag, image, at, at);
    return 1;
  }
  writeMove(statements, { place, repository, tag }, known, image, {
    since: isWatched ? at : Math.min(at, lastKnown),
    at,
    isExact: true,
  });
  return 1;
}

/** An event that comes after a list has shown what became of it: Podman tells late, others from memory. */
function refine({ spanAround, addMove, splitSpan }: Statements, name: Name, image: string | undefined, at: number): number {
  const { place, repository, tag } = name;
  const span = spanAround.get(place, repository, tag, at, at);
  if (!span || image === undefined) return 0;
  if (span.went_to === image) {
    splitSpan.run(span.came_from ?? null, span.from_since ?? null, span.since ?? null, at, 1, span.id ?? null);
    return 1;
  }
  if (span.came_from === image) return 0;
  addMove.run(place, repository, tag, span.came_from ?? null, span.from_since ?? null, image, span.since ?? null, at, 1);
  splitSpan.run(image, at, at, span.at ?? null, 0, span.id ?? null);
  return 1;
}

/** Compares a list with what is known, and writes down what moved since. Returns how many moves and names of it are new. */
export function compareList(
  statements: Statements,
  place: string,
  { names, began, ended, hints, isPart, isWatched, ...list }: TagList,
): number {
  const skip = new Set(list.skip);
  const listed = listedAt(statements, place);
  const unseen = list.skip.map(
    (name) => [name, lastKnownOf(statements, place, name, statements.name.get(place, ...splitName(name)))] as const,
  );
  const left = new Map(statements.names.all(place).map((row) => [fullName(row), row]));
  const listedNames = new Set(names.map(([name]) => name));
  const lost = Map.groupBy(
    [...left].filter(([name]) => !isPart && !listedNames.has(name)),
    ([, { image }]) => image,
  );
  let moves = 0;
  const move = (name: string, before: Row | undefined, image: string | undefined) => {
    const [repository, tag] = splitName(name);
    const isAbout = (hint: Hint) => hint.name === name || [before?.image, image].includes(hint.image ?? '');
    const own = hints.filter(isAbout);
    // what came after the list was asked for may have ended what it shows
    const until = Math.min(ended, ...own.flatMap(({ at }) => (at >= began ? [at] : [])));
    const since = Math.min(until, lastKnownOf(statements, place, name, before));
    const mayBe = own.filter((hint) => isWatched && (hint.name === name || hint.kind === (image === undefined ? 'lost' : 'came')));
    writeMove(
      statements,
      { place, repository, tag },
      before,
      image,
      narrowed(since, until, mayBe, image === undefined ? (lost.get(before?.image)?.length ?? 1) : 1),
      began,
    );
    moves++;
  };
  for (const [name, image] of names) {
    const before = left.get(name);
    left.delete(name);
    if (skip.has(name)) continue;
    const [repository, tag] = splitName(name);
    if (before?.image !== image) {
      if (before || listed > 0) move(name, before, image);
      // whether it came just now or was always there, nobody knows
      else if (image !== undefined) {
        statements.setName.run(place, repository, tag, image, began, began);
        moves++;
      }
    } else if (isPart && before) statements.seeName.run(began, place, repository, tag);
    // that it isn't there is known, too
    else if (isPart) statements.leaveOpen.run(place, repository, tag, began);
  }
  if (isPart) return moves;
  for (const [name, before] of left) if (!skip.has(name)) move(name, before, undefined);
  statements.seePlace.run(began, place);
  statements.seeAll.run(place);
  for (const [name, seen] of unseen) statements.leaveOpen.run(place, ...splitName(name), seen);
  return moves;
}

function writeMove(
  statements: Statements,
  { place, repository, tag }: Name,
  before: Row | undefined,
  to: string | undefined,
  { since, at, isExact }: Pick<TagMove, 'since' | 'at' | 'isExact'>,
  /** What a list shows need not have been so any more when it came. */
  shownAt = at,
): void {
  const { image = null, since: fromSince = null } = before ?? {};
  statements.addMove.run(place, repository, tag, image, fromSince, to ?? null, since, at, Number(isExact));
  if (to === undefined) statements.dropName.run(place, repository, tag);
  else statements.setName.run(place, repository, tag, to, Math.min(at, shownAt), Math.min(at, shownAt));
}

/** What the app did happened while it did it. Returns of how many moves that was not known before. */
export function attribute(statements: Statements, place: string, { kind, task, names, image, startedAt, endedAt }: Doing): number {
  const where = image === undefined ? 'any' : image === null ? 'gone' : 'to';
  return names.reduce((sum, name) => {
    const [repository, tag] = splitName(name);
    const { changes } = statements.attribute.run(
      kind,
      task,
      startedAt,
      endedAt,
      place,
      repository,
      tag,
      startedAt,
      endedAt,
      where,
      image ?? null,
    );
    return sum + Number(changes);
  }, 0);
}

/**
 * The time of a move that a list told, as far as events that may have been it narrow it down. `needed`: how many events there must have
 * been for it and its like; if not all were heard yet, only the first of them counts.
 */
function narrowed(since: number, until: number, hints: readonly Hint[], needed: number): Pick<TagMove, 'since' | 'at' | 'isExact'> {
  const times = hints.flatMap(({ at }) => (at >= since && at <= until ? [at] : []));
  if (times.length === 0) return { since, at: until, isExact: false };
  const first = Math.min(...times);
  const last = times.length >= needed ? Math.max(...times) : until;
  return { since: first, at: last, isExact: first === last };
}

/** When all names of a place were listed last; 0 if they never were. */
const listedAt = ({ place: ask }: Statements, place: string): number => numberOr(ask.get(place)?.seen, 0);

/** Until when it is known where a name was. */
function lastKnownOf(statements: Statements, place: string, name: string, { since, seen }: Row = {}): number {
  const parts = splitName(name);
  const moved = since ?? statements.lastMove.get(place, ...parts)?.since;
  const listed = numberOr(statements.unseen.get(place, ...parts)?.seen, listedAt(statements, place));
  return Math.max(listed, numberOr(moved, 0), numberOr(seen, 0));
}

const fullName = ({ repository, tag }: Row): string => (tag === '' ? String(repository) : `${repository}:${tag}`);
