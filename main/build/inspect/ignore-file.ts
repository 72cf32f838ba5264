import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, posix, resolve, sep } from 'node:path';
import type { IgnoreFileUse } from '../../../contract/context-map.ts';
import type { Builder } from '../../../contract/engine.ts';
import { FailureError } from '../../engine/failure.ts';
import { nameOf } from '../../formats/name-bytes.ts';
import { IgnorePatterns, readIgnoreFile } from '../ignore-patterns.ts';

/** The ignore file that counts, relative to the folder: BuildKit prefers one that is named after the Dockerfile. */
export async function ignoreFileOf(folder: string, dockerfile: string, builder: Builder): Promise<string> {
  const own = `${dockerfile}.dockerignore`;
  return builder === 'buildkit' && (await isFile(resolve(folder, own))) ? own : '.dockerignore';
}

const isFile = (file: string): Promise<boolean> =>
  stat(file).then(
    (found) => found.isFile(),
    () => false,
  );

/** What it leaves out. Rejects in words where a line of it is no pattern, or it cannot be read: never with less than it says. */
export async function readIgnored(folder: string, ignoreFile: string, dockerfile: string, builder: Builder): Promise<IgnorePatterns> {
  // the classic builder needs these two in the tarball, whatever the file says
  const kept = builder === 'classic' ? ['.dockerignore', posix.normalize(dockerfile)] : [];
  const lines = await readIgnoreLines(folder, ignoreFile, builder);
  return inWords(ignoreFile, () => new IgnorePatterns(lines, { kept, reincluding: builder === 'classic' ? 'by-prefix' : 'by-wildcard' }));
}

/** Its patterns, one a line. Rejects in words where it cannot be read to its last byte. */
export async function readIgnoreLines(folder: string, ignoreFile: string, builder: Builder): Promise<string[]> {
  const text = nameOf(await readBytes(folder, ignoreFile, builder));
  return inWords(ignoreFile, () => readIgnoreFile(text));
}

function inWords<T>(ignoreFile: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new FailureError({
      kind: 'dockerfile',
      title: `${ignoreFile} has a line that is no pattern`,
      detail: 'The builder would refuse it, so nothing can be said of what would be sent.',
      hint: 'Look for a lone “!”, a “[” without its “]”, a “\\” before a letter or a line of more than 64 KB, correct it and try again.',
      cause: (error as Error).message,
    });
  }
}

/** Whether the builder reads it. BuildKit reads files alone, and only those that are sent to it; the classic builder refuses the rest. */
export async function ignoreFileUse(folder: string, ignoreFile: string, builder: Builder): Promise<IgnoreFileUse> {
  const file = resolve(folder, ignoreFile);
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!found) return 'absent';
  if (builder === 'classic') return 'read';
  return found.isFile() && (await isInside(isAbsolute(ignoreFile) ? dirname(ignoreFile) : folder, file)) ? 'read' : 'not-read';
}

async function readBytes(folder: string, ignoreFile: string, builder: Builder): Promise<Buffer> {
  const file = resolve(folder, ignoreFile);
  try {
    if ((await ignoreFileUse(folder, ignoreFile, builder)) !== 'read') return Buffer.alloc(0);
    const found = await stat(file);
    // a pipe would never end
    if (found.isDirectory()) throw notReadable(`${ignoreFile} is a folder`, 'The classic builder does not build with it.');
    if (!found.isFile()) throw notReadable(`${ignoreFile} cannot be read`, 'It is no file.');
    if (found.size > largestIgnoreFile) throw notReadable(`${ignoreFile} is too large`, 'It has more than 10 MB.');
    return await readFile(file);
  } catch (error) {
    if (error instanceof FailureError) throw error;
    throw notReadable(`${ignoreFile} cannot be read`, 'Your user may not read it, or it leads nowhere.', (error as Error).message);
  }
}

async function isInside(folder: string, file: string): Promise<boolean> {
  const [root, place] = await Promise.all([realpath(folder), realpath(file)]);
  return place.startsWith(root.endsWith(sep) ? root : `${root}${sep}`);
}

/** Bytes; five thousand lines have a few hundred thousand. */
const largestIgnoreFile = 10_000_000;

const notReadable = (title: string, detail: string, cause?: string): FailureError =>
  new FailureError({
    kind: 'dockerfile',
    title,
    detail: `${detail} Without it, files would be sent that it is to keep back.`,
    hint: 'Make it a plain file that your user may read, or remove it, then build again.',
    ...(cause && { cause }),
  });
