import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { FailureError } from '../../foundation/failures/failure.ts';
import { isDamaged, openDatabase, throwAway } from '../../foundation/files/open-database.ts';

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

export type Row = Record<string, SQLOutputValue>;
export type Statements = ReturnType<typeof prepareAll>;

/** The SQLite file that moves are kept in, and all that is asked of it. One that is damaged is thrown away: it is a memory and no more. */
export class TagStore {
  readonly #path: string;
  #database: DatabaseSync | undefined;
  #statements: Statements | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  close(): void {
    this.#database?.close();
    this.#database = undefined;
    this.#statements = undefined;
  }

  /** In one transaction: whatever ends the app in the middle of it, nothing of it was written. Throws a failure if nothing can be kept. */
  use<T>(use: (statements: Statements, database: DatabaseSync) => T): T {
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

  #opened(): { database: DatabaseSync; statements: Statements } {
    this.#database ??= openDatabase(this.#path, { schema, version });
    this.#statements ??= prepareAll(this.#database);
    return { database: this.#database, statements: this.#statements };
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

export const numberOr = <T>(value: SQLOutputValue | undefined, otherwise: T): number | T => (typeof value === 'number' ? value : otherwise);

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
