import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { isDamaged, OtherForm, openDatabase, throwAway } from '../../../foundation/files/open-database.ts';
import { LayerIndex } from '../index/layer-index.ts';

/** Of the tables and of `LayerIndex.encode` together: what was kept in another form is thrown away, and indexed again when needed. */
const version = 2;

const schema = `
  CREATE TABLE layers (diff_id TEXT PRIMARY KEY, used INTEGER NOT NULL, bytes INTEGER NOT NULL, data BLOB NOT NULL) WITHOUT ROWID;
  CREATE TABLE names (name TEXT PRIMARY KEY, diff_id TEXT NOT NULL) WITHOUT ROWID;
`;

/**
 * Layers that were indexed, by diff id, in one SQLite file: each layer once, whichever images have it. Bounded; what was not used for
 * the longest time goes first. It is a memory and no more: whatever goes wrong with the file, layers are only read again. Its calls
 * block, and so belong into a thread.
 */
export class LayerStore {
  readonly #path: string;
  readonly #mostBytes: number;
  #database: DatabaseSync | undefined;

  constructor(path: string, mostBytes: number) {
    this.#path = path;
    this.#mostBytes = mostBytes;
  }

  /** Which of the layers are here. */
  has(diffIds: string[]): Set<string> {
    const known = this.#try((database) => {
      const ask = database.prepare('SELECT 1 FROM layers WHERE diff_id = ?');
      return diffIds.filter((diffId) => ask.get(diffId) !== undefined);
    });
    return new Set(known);
  }

  /** The layer, if it is here and whole. */
  read(diffId: string): LayerIndex | undefined {
    const row = this.#get('SELECT data FROM layers WHERE diff_id = ?', diffId);
    if (!(row?.data instanceof Uint8Array)) return undefined;
    const index = LayerIndex.decode(row.data);
    if (index) this.#run('UPDATE layers SET used = ? WHERE diff_id = ?', Date.now(), diffId);
    else this.#run('DELETE FROM layers WHERE diff_id = ?', diffId);
    return index;
  }

  /** Keeps an encoded layer, and forgets others that there is no more room for. */
  keep(diffId: string, data: Uint8Array): void {
    this.#try((database) => {
      database.prepare('INSERT OR REPLACE INTO layers VALUES (?, ?, ?, ?)').run(diffId, Date.now(), data.length, data);
      this.#makeRoom(database, diffId);
    });
  }

  /** Remembers what engines and registries call a layer: the digest of its packed bytes, or the name of its file in a tarball. */
  name(name: string, diffId: string): void {
    this.#run('INSERT OR REPLACE INTO names VALUES (?, ?)', name, diffId);
  }

  /** What layers that are here are called. */
  names(): Map<string, string> {
    const rows = this.#try((database) =>
      database.prepare('SELECT name, names.diff_id AS id FROM names JOIN layers ON layers.diff_id = names.diff_id').all(),
    );
    return new Map(rows?.map(({ name, id }) => [String(name), String(id)]));
  }

  /** Bytes that are kept. */
  get bytes(): number {
    return Number(this.#get('SELECT sum(bytes) AS bytes FROM layers')?.bytes ?? 0);
  }

  close(): void {
    this.#database?.close();
    this.#database = undefined;
  }

  #makeRoom(database: DatabaseSync, kept: string): void {
    const forget = database.prepare('DELETE FROM layers WHERE diff_id = ?');
    let bytes = Number(database.prepare('SELECT sum(bytes) AS bytes FROM layers').get()?.bytes ?? 0);
    if (bytes <= this.#mostBytes) return;
    for (const row of database.prepare('SELECT diff_id, bytes FROM layers WHERE diff_id <> ? ORDER BY used').all(kept)) {
      if (bytes <= this.#mostBytes) break;
      forget.run(row.diff_id as string);
      bytes -= Number(row.bytes);
    }
    database.exec('DELETE FROM names WHERE diff_id NOT IN (SELECT diff_id FROM layers)');
  }

  #get(sql: string, ...values: SQLInputValue[]): Record<string, unknown> | undefined {
    return this.#try((database) => database.prepare(sql).get(...values));
  }

  #run(sql: string, ...values: SQLInputValue[]): void {
    this.#try((database) => database.prepare(sql).run(...values));
  }

  /** Undefined if the file can't be used: another app holds it for too long, the disk is full, there is no SQLite. */
  #try<T>(use: (database: DatabaseSync) => T): T | undefined {
    // the second time with a new file in the place of a damaged one
    for (const isLast of [false, true]) {
      try {
        this.#database ??= openDatabase(this.#path, { schema, version });
        return use(this.#database);
      } catch (error) {
        this.#forget();
        if (isLast || !(isDamaged(error) || error instanceof OtherForm)) return undefined;
        throwAway(this.#path);
      }
    }
    return undefined;
  }

  #forget(): void {
    try {
      this.close();
    } catch {
      // one that could not be opened can't be closed either
    }
    this.#database = undefined;
  }
}
