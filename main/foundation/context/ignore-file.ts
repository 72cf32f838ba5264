import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, posix, resolve, sep } from 'node:path';
import type { IgnoreFileUse } from '../../../contract/context-map.ts';
import type { Builder } from '../../../contract/engine.ts';
import { FailureError } from '../failures/failure.ts';
import { isThere } from '../files/is-there.ts';
import { nameOf } from '../formats/name-bytes.ts';
import { IgnorePatterns, readIgnoreFile } from './ignore-patterns.ts';

/** The one that both builders know, in the folder. */
export const usualIgnoreFile = '.dockerignore';

/** One that BuildKit alone knows, beside the Dockerfile. */
const ownIgnoreFile = (dockerfile: string): string => `${dockerfile}.dockerignore`;

/** Whether there is any, for one builder or both. */
export const hasIgnoreFile = async (folder: string, dockerfile: string): Promise<boolean> =>
  (await isThere(resolve(folder, usualIgnoreFile))) || isThere(resolve(folder, ownIgnoreFile(dockerfile)));

/** The ignore file that applies, relative to the folder: BuildKit prefers one named after the Dockerfile. */
export async function ignoreFileOf(folder: string, dockerfile: string, builder: Builder): Promise<string> {
  const own = ownIgnoreFile(dockerfile);
  return builder === 'buildkit' && (await isFile(resolve(folder, own))) ? own : usualIgnoreFile;
}

const isFile = (file: string): Promise<boolean> =>
  stat(file).then(
    (found) => found.isFile(),
    () => false,
  );

/** What the ignore file leaves out. Rejects with a failure if a line is not a pattern or the file cannot be read in full. */
export async function readIgnored(folder: string, ignoreFile: string, dockerfile: string, builder: Builder): Promise<IgnorePatterns> {
  // the classic builder needs these two in the tarball, whatever the ignore file says
  const kept = builder === 'classic' ? [usualIgnoreFile, posix.normalize(dockerfile)] : [];
  const lines = await readIgnoreLines(folder, ignoreFile, builder);
  return orFailure(ignoreFile, () => new IgnorePatterns(lines, { kept, reincluding: builder === 'classic' ? 'by-prefix' : 'by-wildcard' }));
}

/** The ignore file's patterns. Rejects with a failure if it cannot be read to its last byte. */
export async function readIgnoreLines(folder: string, ignoreFile: string, builder: Builder): Promise<string[]> {
  const text = nameOf(await readBytes(folder, ignoreFile, builder));
  return orFailure(ignoreFile, () => readIgnoreFile(text));
}

function orFailure<T>(ignoreFile: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new FailureError({
      kind: 'dockerfile',
      title: `${ignoreFile} has a line that isn’t a pattern`,
      detail: 'The builder would refuse the file, so Layerdeck can’t tell what would be sent.',
      hint: 'Look for a lone “!”, a “[” without a “]”, a “\\” before a letter, or a line longer than 64 KB. Correct it, then try again.',
      cause: (error as Error).message,
    });
  }
}

/** Whether the builder reads it. BuildKit ignores anything but a file inside the context; the classic builder refuses the rest. */
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
    if (found.isDirectory()) throw notReadable(`${ignoreFile} is a folder`, 'The classic builder refuses to build with it.');
    if (!found.isFile()) throw notReadable(`${ignoreFile} can’t be read`, 'It isn’t a file.');
    if (found.size > largestIgnoreFile) throw notReadable(`${ignoreFile} is too large`, 'It’s larger than 10 MB.');
    return await readFile(file);
  } catch (error) {
    if (error instanceof FailureError) throw error;
    throw notReadable(
      `${ignoreFile} can’t be read`,
      'Your user may not read it, or it’s a link that leads nowhere.',
      (error as Error).message,
    );
  }
}

async function isInside(folder: string, file: string): Promise<boolean> {
  const [root, place] = await Promise.all([realpath(folder), realpath(file)]);
  return place.startsWith(root.endsWith(sep) ? root : `${root}${sep}`);
}

/** In bytes; five thousand lines take a few hundred thousand. */
const largestIgnoreFile = 10_000_000;

const notReadable = (title: string, detail: string, cause?: string): FailureError =>
  new FailureError({
    kind: 'dockerfile',
    title,
    detail: `${detail} Without it, files that it leaves out would be sent.`,
    hint: 'Replace it with a plain file that your user may read, or remove it. Then build again.',
    ...(cause && { cause }),
  });
