import { lstat, readFile, realpath, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { FailureError } from '../../failures/failure.ts';
import { writeWhole } from '../../files/write-whole.ts';
import { IgnorePatterns, readIgnoreFile } from '../ignore-patterns.ts';

/** A line that was added, with the file's content before (absent if there was no file) and after. */
type Edit = { line: string; before: Buffer | undefined; after: Buffer };

/** Adds lines to ignore files and removes them again; the rest of a file stays the same, byte for byte. */
export class IgnoreEdits {
  readonly #edits = new Map<string, Edit[]>();
  #turn: Promise<unknown> = Promise.resolve();

  /** Adds a line at the end, where no later line can overrule it. */
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

  /** Removes the line that was added last; does nothing if none is left. */
  undo(folder: string, ignoreFile: string): Promise<void> {
    return this.#inTurn(async () => {
      const file = await safePlace(folder, ignoreFile);
      const edits = this.#edits.get(file) ?? [];
      const last = edits.at(-1);
      if (!last) return;
      const now = await readIfThere(file);
      // if somebody changed the file since, those changes stay and only the line goes
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

/** The file's path. Rejects if the file or the way to it leads out of the folder. */
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
    detail: 'Layerdeck writes only to the folder you chose, not to where a link in it leads.',
    hint: 'Add the line yourself in the file that the link leads to.',
  });
}

function checkedLine(pattern: string): string {
  const line = pattern.trim();
  const isOneLine = line !== '' && ![...line].some((character) => character < ' ');
  const isPattern = isOneLine && readIgnoreFile(line).length === 1 && !line.startsWith('!') && canBeRead(line);
  if (isPattern) return line;
  throw new FailureError({
    kind: 'invalid-input',
    title: 'This name can’t be written in an ignore file',
    detail: 'It has characters that an ignore file can’t express.',
    hint: 'Rename the file or folder, or leave out the folder it’s in.',
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

/** The content without the last occurrence of a line. */
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

/** Replaces a file at once: a reader finds either the complete old file or the complete new one. */
async function replace(file: string, content: Buffer): Promise<void> {
  const mode = await lstat(file).then(
    (found) => found.mode & 0o777,
    () => 0o644,
  );
  await writeWhole(file, content, mode);
}
