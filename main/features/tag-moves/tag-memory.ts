import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { RememberedRepository, TagLine, TagMove, TagTimeline } from '../../../contract/tag-moves.ts';
import type { TaskKind } from '../../../contract/task.ts';
import { FailureError } from '../../foundation/failures/failure.ts';
import { isDamaged, openDatabase, throwAway } from '../../foundation/files/open-database.ts';
import { type Doing, type Hint, type Sighting, splitName, type TagEvent, type TagList } from './tag-sighting.ts';

const version = 1;
const schema = `
  CREATE TABLE places (place TEXT PRIMARY KEY, since INTEGER NOT NULL, seen INTEGER) WITHOUT ROWID;
  CREATE TABLE names (
    place TEXT NOT NULL, repository TEXT NOT NULL, tag TEXT NOT NULL, image TEXT NOT NULL, since INTEGER NOT NULL, seen INTEGER NOT NULL,
    PRIMARY KEY (place, repository, tag)
  ) WITHOUT ROWID;
  -- names that the last list left open, and until when they are known
  CREATE TABLE unseen (
    place TEXT NOT NULL, repository TEXT NOT NULL, tag TEXT NOT NULL, seen INTEGER NOT NULL, PRIMARY KEY (place, repository, tag)
  ) WITHOUT ROWID;
  CREATE TABLE digests (place TEXT NOT NULL, image TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (place, image, digest)) WITHOUT ROWID;
  CREATE TABLE moves (
    id INTEGER PRIMARY KEY, place TEXT NOT NULL, repository TEXT NOT NULL, tag TEXT NOT NULL, came_from TEXT, from_since INTEGER, went_to TEXT,
    since INTEGER NOT NULL, at INTEGER NOT NULL, exact INTEGER NOT NULL, kind TEXT, task TEXT
  );
  CREATE INDEX moves_of_name ON moves (place, repository, tag, at);
  CREATE INDEX moves_in_time ON moves (at);
`;

/** The most that is remembered; the oldest goes first. */
export type Bounds = { days: number; moves: number };
export const usualBounds: Omit<Bounds, 'days'> = { moves: 200_000 };

/** How much of a repository is told at once. */
const most = { lines: 200, moves: 2000 };
/** After so many new moves, what is too old is forgotten. */
const pruneAfter = 500;
const day = 86_400_000;

type Row = Record<string, SQLOutputValue>;
type Name = { place: string; repository: string; tag: string };
type Statements = ReturnType<typeof prepareAll>;

/**
 * Every move of every name, in a SQLite file: what is known of a name is compared with what was seen of it, in one transaction, so that
 * several apps may write the same file and none of them writes a move twice. Its calls block, and so belong into a thread.
 */
export class TagMemory {
  readonly #path: string;
  #days: number;
  readonly #mostMoves: number;
  #database: DatabaseSync | undefined;
  #statements: Statements | undefined;
  #sincePruned = pruneAfter;

  constructor(path: string, { days, moves }: Bounds) {
    this.#path = path;
    this.#days = days;
    this.#mostMoves = moves;
  }

  /** Changes how long moves are remembered. */
  keepFor(days: number): void {
    this.#days = days;
    this.#use(() => this.#prune(Date.now()));
  }

  /** Until when a place is known; undefined if it was never seen. */
  seen(place: string): number | undefined {
    return this.#use(({ place: ask }) => numberOr(ask.get(place)?.seen, undefined));
  }

  /** Writes down what was seen. Returns how many moves and names of it are new, or known better. */
  see({ place, now, events, list, doings }: Sighting): number {
    return this.#use((statements) => {
      if (!statements.place.get(place)) statements.addPlace.run(place, now);
      let moves = 0;
      for (const event of events) moves += this.#apply(statements, place, event);
      if (list) moves += this.#compare(statements, place, list);
      for (const [image, digest] of list?.digests ?? []) statements.addDigest.run(place, image, digest);
      this.#sincePruned += moves;
      if (this.#sincePruned >= pruneAfter) this.#prune(now);
      return moves + doings.reduce((sum, doing) => sum + this.#attribute(statements, place, doing), 0);
    });
  }

  /** The moves of a repository since a time, of the tags that contain a text. */
  timeline(place: string, repository: string, from: number, containing = ''): TagTimeline {
    return this.#use((statements) => {
      const { since, seen } = statements.place.get(place) ?? {};
      const lines = new Map<string, TagLine>();
      const lineOf = (tag: SQLOutputValue): TagLine => {
        const line = lines.get(String(tag)) ?? { tag: String(tag), moves: [], older: 0 };
        lines.set(line.tag, line);
        return line;
      };
      for (const { tag, image, since: nowSince } of statements.namesOf.all(place, repository, containing))
        Object.assign(lineOf(tag ?? null), { now: String(image), nowSince: Number(nowSince) });
      for (const row of statements.movesOf.all(place, repository, from, containing, most.moves).reverse())
        lineOf(row.tag ?? null).moves.push(moveOf(row));
      for (const { tag, count } of statements.countsOf.all(place, repository)) {
        const line = lines.get(String(tag));
        if (line) line.older = Number(count) - line.moves.length;
      }
      const all = [...lines.values()].sort(byLastMove);
      const images = new Set(all.flatMap(({ moves }) => moves.flatMap((move) => [move.from, move.to])));
      const digests = [...images].flatMap((image): [string, string[]][] => {
        const found = image === undefined ? [] : statements.digestsOf.all(place, image);
        return image !== undefined && found.length > 0 ? [[image, found.map(({ digest }) => String(digest))]] : [];
      });
      return {
        ...(since !== undefined && { since: Number(since) }),
        ...(typeof seen === 'number' && { seen }),
        lines: all.slice(0, most.lines),
        digests: Object.fromEntries(digests),
        omitted: Math.max(0, all.length - most.lines),
      };
    });
  }

  /** Every repository of which something is known at a place, those that moved last first. */
  repositories(place: string): RememberedRepository[] {
    return this.#use(({ repositories }) => repositories.all(place, place, place).map(describeRepository));
  }

  /** Every repository whose place begins like this, each of which is a place of its own. */
  repositoriesOfPlaces(beginning: string): RememberedRepository[] {
    return this.#use(({ places, repositories }) =>
      places.all(`${beginning}%`).flatMap(({ place = null }) => repositories.all(place, place, place).map(describeRepository)),
    );
  }

  /** Images that a tag has left for another, and of which no tag was removed since; when that was, the newest first. */
  left(place: string): { image: string; at: number }[] {
    return this.#use(({ left }) => left.all(place).map(({ image, at }) => ({ image: String(image), at: Number(at) })));
  }

  /** Forgets everything; from now on it is remembered anew. */
  forget(): void {
    this.#use((_, database) =>
      database.exec('DELETE FROM moves; DELETE FROM names; DELETE FROM unseen; DELETE FROM digests; DELETE FROM places'),
    );
  }

  close(): void {
    this.#database?.close();
    this.#database = undefined;
    this.#statements = undefined;
  }

  #apply(statements: Statements, place: string, { name, image, at: told, isWatched, isRepeated }: TagEvent): number {
    const [repository, tag] = splitName(name);
    const known = statements.name.get(place, repository, tag);
    const lastKnown = lastKnownOf(statements, place, name, known);
    if (told < lastKnown || (isRepeated && told === lastKnown)) return this.#refine(statements, { place, repository, tag }, image, told);
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
    this.#move(statements, { place, repository, tag }, known, image, {
      since: isWatched ? at : Math.min(at, lastKnown),
      at,
      isExact: true,
    });
    return 1;
  }

  /** An event that comes after a list has shown what became of it: Podman tells late, others from memory. */
  #refine({ spanAround, addMove, splitSpan }: Statements, name: Name, image: string | undefined, at: number): number {
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

  #compare(statements: Statements, place: string, { names, began, ended, hints, isPart, isWatched, ...list }: TagList): number {
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
      this.#move(
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

  #move(
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
  #attribute({ attribute }: Statements, place: string, { kind, task, names, image, startedAt, endedAt }: Doing): number {
    const where = image === undefined ? 'any' : image === null ? 'gone' : 'to';
    return names.reduce((sum, name) => {
      const [repository, tag] = splitName(name);
      const { changes } = attribute.run(kind, task, startedAt, endedAt, place, repository, tag, startedAt, endedAt, where, image ?? null);
      return sum + Number(changes);
    }, 0);
  }

  #prune(now: number): void {
    this.#sincePruned = 0;
    const { forgetBefore, countMoves, forgetOldest, forgetDigests } = this.#opened().statements;
    forgetBefore.run(now - this.#days * day);
    const excess = Number(countMoves.get()?.count) - this.#mostMoves;
    if (excess > 0) forgetOldest.run(excess);
    forgetDigests.run();
  }

  #opened(): { database: DatabaseSync; statements: Statements } {
    this.#database ??= openDatabase(this.#path, { schema, version });
    this.#statements ??= prepareAll(this.#database);
    return { database: this.#database, statements: this.#statements };
  }

  /** In one transaction: whatever ends the app in the middle of it, nothing of it was written. Throws a failure if nothing can be kept. */
  #use<T>(use: (statements: Statements, database: DatabaseSync) => T): T {
    for (const isLast of [false, true]) {
      try {
        const { database, statements } = this.#opened();
        database.exec('BEGIN IMMEDIATE');
        try {
          const value = use(statements, database);
          database.exec('COMMIT');
          return value;
        } catch (error) {
          if (database.isTransaction) database.exec('ROLLBACK');
          throw error;
        }
      } catch (error) {
        this.#reopen();
        if (isLast || !isDamaged(error)) throw notKept(error as Error);
        throwAway(this.#path);
      }
    }
    throw notKept(new Error('never reached'));
  }

  #reopen(): void {
    try {
      this.close();
    } catch {
      // one that could not be opened can't be closed either
    }
    this.#database = undefined;
    this.#statements = undefined;
  }
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

function byLastMove(a: TagLine, b: TagLine): number {
  const last = ({ moves }: TagLine) => moves.at(-1)?.at ?? 0;
  return (
    Number(a.now === undefined) - Number(b.now === undefined) ||
    last(b) - last(a) ||
    b.moves.length - a.moves.length ||
    a.tag.localeCompare(b.tag, 'en', { numeric: true })
  );
}

const moveOf = ({ came_from, from_since, went_to, since, at, exact, kind, task }: Row): TagMove => ({
  ...(typeof came_from === 'string' && { from: came_from }),
  ...(typeof from_since === 'number' && { fromSince: from_since }),
  ...(typeof went_to === 'string' && { to: went_to }),
  since: Number(since),
  at: Number(at),
  isExact: exact === 1,
  ...(typeof kind === 'string' && typeof task === 'string' && { by: { kind: kind as TaskKind, task } }),
});

const describeRepository = ({ repository, tags, moves, last }: Row): RememberedRepository => ({
  repository: String(repository),
  tags: Number(tags),
  moves: Number(moves),
  ...(typeof last === 'number' && { lastAt: last }),
});

const fullName = ({ repository, tag }: Row): string => (tag === '' ? String(repository) : `${repository}:${tag}`);

const numberOr = <T>(value: SQLOutputValue | undefined, otherwise: T): number | T => (typeof value === 'number' ? value : otherwise);

const notKept = ({ message }: Error): FailureError =>
  new FailureError({
    kind: 'unknown',
    title: 'Layerdeck can’t remember the moves of tags',
    detail: 'The file that it keeps them in can’t be used.',
    hint: 'Look whether the disk is full, or whether another version of Layerdeck is running.',
    cause: message,
  });

const prepareAll = (database: DatabaseSync) => {
  const prepare = (sql: string): StatementSync => database.prepare(sql);
  return {
    place: prepare('SELECT since, seen FROM places WHERE place = ?'),
    // of several rows, SQLite takes the other columns from the one with the maximum
    left: prepare(`
      SELECT came_from AS image, went_to AS then_at, max(at) AS at FROM moves WHERE place = ? AND came_from IS NOT NULL
      GROUP BY came_from HAVING then_at IS NOT NULL ORDER BY at DESC LIMIT 500`),
    places: prepare('SELECT place FROM places WHERE place LIKE ? ORDER BY seen DESC LIMIT 500'),
    addPlace: prepare('INSERT INTO places VALUES (?, ?, NULL)'),
    seePlace: prepare('UPDATE places SET seen = max(coalesce(seen, 0), ?) WHERE place = ?'),
    name: prepare('SELECT image, since, seen FROM names WHERE place = ? AND repository = ? AND tag = ?'),
    names: prepare('SELECT repository, tag, image, since, seen FROM names WHERE place = ?'),
    namesOf: prepare('SELECT tag, image, since FROM names WHERE place = ? AND repository = ? AND instr(tag, ?)'),
    setName: prepare('INSERT OR REPLACE INTO names VALUES (?, ?, ?, ?, ?, ?)'),
    seeName: prepare('UPDATE names SET seen = max(seen, ?) WHERE place = ? AND repository = ? AND tag = ?'),
    dropName: prepare('DELETE FROM names WHERE place = ? AND repository = ? AND tag = ?'),
    unseen: prepare('SELECT seen FROM unseen WHERE place = ? AND repository = ? AND tag = ?'),
    leaveOpen: prepare('INSERT OR REPLACE INTO unseen VALUES (?, ?, ?, ?)'),
    seeAll: prepare('DELETE FROM unseen WHERE place = ?'),
    addDigest: prepare('INSERT OR IGNORE INTO digests VALUES (?, ?, ?)'),
    digestsOf: prepare('SELECT digest FROM digests WHERE place = ? AND image = ? LIMIT 10'),
    forgetDigests: prepare(`
      DELETE FROM digests WHERE NOT EXISTS (SELECT 1 FROM names WHERE names.place = digests.place AND names.image = digests.image)
        AND image NOT IN (SELECT came_from FROM moves WHERE came_from IS NOT NULL UNION SELECT went_to FROM moves WHERE went_to IS NOT NULL)`),
    lastMove: prepare('SELECT max(since) AS since FROM moves WHERE place = ? AND repository = ? AND tag = ?'),
    spanAround: prepare(
      'SELECT * FROM moves WHERE place = ? AND repository = ? AND tag = ? AND NOT exact AND since <= ? AND at >= ? ORDER BY at, id LIMIT 1',
    ),
    splitSpan: prepare('UPDATE moves SET came_from = ?, from_since = ?, since = ?, at = ?, exact = ? WHERE id = ?'),
    addMove: prepare(
      'INSERT INTO moves (place, repository, tag, came_from, from_since, went_to, since, at, exact) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    movesOf: prepare(
      'SELECT * FROM moves WHERE place = ? AND repository = ? AND at >= ? AND instr(tag, ?) ORDER BY since DESC, at DESC, id DESC LIMIT ?',
    ),
    countsOf: prepare('SELECT tag, count(*) AS count FROM moves WHERE place = ? AND repository = ? GROUP BY tag'),
    repositories: prepare(`
      SELECT repository, sum(tags) AS tags, sum(moves) AS moves, max(last) AS last FROM (
        SELECT repository, 1 AS tags, 0 AS moves, NULL AS last FROM names WHERE place = ?
        UNION ALL SELECT repository, 0, sum(came_from IS NOT NULL AND went_to IS NOT NULL), max(at) FROM moves WHERE place = ? GROUP BY repository
        UNION ALL SELECT repository, count(DISTINCT tag), 0, NULL FROM moves AS gone WHERE place = ? AND NOT EXISTS
          (SELECT 1 FROM names WHERE names.place = gone.place AND names.repository = gone.repository AND names.tag = gone.tag)
          GROUP BY repository
      ) GROUP BY repository ORDER BY last DESC, repository LIMIT 2000`),
    attribute: prepare(`
      UPDATE moves SET kind = ?, task = ?,
        since = CASE WHEN exact THEN since ELSE max(since, ?) END, at = CASE WHEN exact THEN at ELSE max(since, min(at, ?)) END
      WHERE place = ? AND repository = ? AND tag = ? AND kind IS NULL AND at >= ? AND since <= ?
        AND CASE ? WHEN 'to' THEN went_to = ? WHEN 'gone' THEN went_to IS NULL ELSE went_to IS NOT NULL END`),
    forgetBefore: prepare('DELETE FROM moves WHERE at < ?'),
    countMoves: prepare('SELECT count(*) AS count FROM moves'),
    forgetOldest: prepare('DELETE FROM moves WHERE id IN (SELECT id FROM moves ORDER BY at, id LIMIT ?)'),
  };
};
