import { randomBytes } from 'node:crypto';
import { lstat, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { FailureError } from '../../engine/failure.ts';
import { IgnorePatterns, readIgnoreFile } from '../ignore-patterns.ts';

/** A line that was added: the file before it, absent where there was none, and after it. */
type Edit = { line: string; before: Buffer | undefined; after: Buffer };

/** Writes lines into ignore files and takes them away again; the rest of a file stays as it is, byte for byte. */
export class IgnoreEdits {
  readonly #edits = new Map<string, Edit[]>();
  #turn: Promise<unknown> = Promise.resolve();

  /** Adds one line at the end, where nothing after it can overrule it. */
  add(folder: string, ignoreFile: string, pattern: string): Promise<void> {
    return this.#inTurn(async () => {
      const file = await safePlace(folder, ignoreFile);
      const line = checkedLine(pattern);
      const before = await readIfThere(file);
      const after = withLine(before, line);
      await replace(file, after);
      this.#edits.set(file, [...(this.#edits.get(file) ?? []), { line, before, after }]);
    });
  }

  /** Takes the last added line away; does nothing where none is left. */
  undo(folder: string, ignoreFile: string): Promise<void> {
    return this.#inTurn(async () => {
      const file = await safePlace(folder, ignoreFile);
      const edits = this.#edits.get(file) ?? [];
      const last = edits.at(-1);
      if (!last) return;
      const now = await readIfThere(file);
      // who changed the file since keeps the changes: only the line goes
      const wanted = now?.equals(last.after) ? last.before : now && withoutLine(now, last.line);
      const isOnlyOurs = last.before === undefined && (wanted === undefined || wanted.length === 0);
      if (now && isOnlyOurs) await rm(file);
      else if (wanted && now && !wanted.equals(now)) await replace(file, wanted);
      this.#edits.set(file, edits.slice(0, -1));
    });
  }

  // two clicks in a row must not both start from the same file
  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(act);
    this.#turn = done.catch(() => {});
    return done;
  }
}

/** The file's path, where it and the way to it lead nowhere out of the folder. */
async function safePlace(folder: string, ignoreFile: string): Promise<string> {
  const file = resolve(folder, ignoreFile);
  const [root, parent] = await Promise.all([realpath(folder), realpath(dirname(file))]);
  const way = relative(root, parent);
  const isLink = await lstat(file).then(
    (found) => !found.isFile(),
    () => false,
  );
  if (!isLink && !way.startsWith('..') && join(root, way) === parent) return file;
  throw new FailureError({
    kind: 'not-permitted',
    title: `${ignoreFile} is a link to somewhere else`,
    detail: 'Layerdeck writes only into the folder that you chose, and not where a link in it leads.',
    hint: 'Add the line by hand where the file really is.',
  });
}

function checkedLine(pattern: string): string {
  const line = pattern.trim();
  const isOneLine = line !== '' && ![...line].some((character) => character < ' ');
  const isPattern = isOneLine && readIgnoreFile(line).length === 1 && !line.startsWith('!') && canBeRead(line);
  if (isPattern) return line;
  throw new FailureError({
    kind: 'invalid-input',
    title: 'This name cannot be written into an ignore file',
    detail: 'It has characters that an ignore file cannot name.',
    hint: 'Rename the file or folder, or leave out the folder that it is in.',
  });
}

function canBeRead(line: string): boolean {
  try {
    return new IgnorePatterns(readIgnoreFile(line)).matches(line) || true;
  } catch {
    return false;
  }
}

function withLine(before: Buffer | undefined, line: string): Buffer {
  const lineEnd = before?.includes('\r\n') ? '\r\n' : '\n';
  const isOpen = before !== undefined && before.length > 0 && before.at(-1) !== 0x0a;
  return Buffer.concat([before ?? Buffer.alloc(0), Buffer.from(`${isOpen ? lineEnd : ''}${line}${lineEnd}`)]);
}

/** The text without the last line that is this one. */
function withoutLine(now: Buffer, line: string): Buffer {
  const lines = now.toString('latin1').split(/(?<=\n)/);
  const wanted = Buffer.from(line).toString('latin1');
  const place = lines.findLastIndex((one) => one.trim() === wanted);
  return place === -1 ? now : Buffer.from(lines.toSpliced(place, 1).join(''), 'latin1');
}

const readIfThere = (file: string): Promise<Buffer | undefined> =>
  readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });

/** Whoever reads the file meanwhile finds all of the old or all of the new one. */
async function replace(file: string, content: Buffer): Promise<void> {
  const mode = await lstat(file).then(
    (found) => found.mode & 0o777,
    () => 0o644,
  );
  const part = `${file}.${randomBytes(6).toString('hex')}.layerdeck-part`;
  try {
    await writeFile(part, content, { flag: 'wx', mode, flush: true });
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
