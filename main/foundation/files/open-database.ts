import { closeSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

/** Milliseconds to wait for another app that writes. */
const patience = 5000;
/** What SQLite says of a file that is none of its own, or was damaged. */
const damagedCodes = new Set([11, 26]);

// not every Electron need have been built with it
const sqlite = process.getBuiltinModule('node:sqlite') as typeof import('node:sqlite') | undefined;

type Form = { schema: string; version: number };

/**
 * A SQLite file for its owner only, made with its tables if it is new. Blocks, and so belongs into a thread. Throws `OtherForm` if its
 * tables are those of another version of Layerdeck, and SQLite's error if it can't be used.
 */
export function openDatabase(path: string, { schema, version }: Form): DatabaseSync {
  if (!sqlite) throw new Error('no SQLite in this Node');
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // SQLite would ask the system for its usual mode
  closeSync(openSync(path, 'a', 0o600));
  const database = new sqlite.DatabaseSync(path, { timeout: patience });
  try {
    // gives space back to the disk; it has to be said before there are tables
    database.exec('PRAGMA auto_vacuum = FULL; BEGIN IMMEDIATE');
    const found = Number(database.prepare('PRAGMA user_version').get()?.user_version);
    const isNew = Number(database.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.count) === 0;
    if (isNew) database.exec(`${schema}; PRAGMA user_version = ${version}`);
    else if (found !== version) throw new OtherForm();
    database.exec('COMMIT');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The file's tables are of another version of Layerdeck. */
export class OtherForm extends Error {}

/** Whether a file is no database, or a damaged one. */
export const isDamaged = (error: unknown): boolean => damagedCodes.has(((error as { errcode?: number }).errcode ?? 0) & 0xff);

/** Removes a database with all that SQLite keeps beside it. */
export function throwAway(path: string): void {
  for (const file of [path, `${path}-journal`, `${path}-wal`, `${path}-shm`]) rmSync(file, { force: true });
}
