import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Failure } from '../../../contract/failure.ts';
import { FailureError } from '../failures/failure.ts';

/** The most bytes a Dockerfile may have; generated ones reach a megabyte. */
export const largestDockerfile = 8 * 1024 * 1024;

/** The text of a Dockerfile, in the folder or outside. Rejects with a failure that names the file and says what is wrong. */
export async function readDockerfileText(folder: string, path: string): Promise<string> {
  const file = resolve(folder, path);
  try {
    // opening a pipe blocks, so it has to be recognised before
    const { size } = regular(await stat(file), path);
    if (size > largestDockerfile) throw tooLarge(path);
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      regular(await handle.stat(), path);
      // like builders, ignore the byte order mark that Windows writes
      return (await handle.readFile('utf8')).replace(/^\uFEFF/, '');
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw error instanceof FailureError ? error : cannotBeRead(error as NodeJS.ErrnoException, path);
  }
}

function regular<T extends { isFile(): boolean; isDirectory(): boolean }>(found: T, path: string): T {
  if (found.isFile()) return found;
  throw refusal({
    title: `${path} isn’t a readable file`,
    detail: found.isDirectory()
      ? 'It’s a folder. A Dockerfile is a text file with the steps of the build.'
      : 'It’s a pipe or a device, which may never stop sending text.',
    hint: 'Choose another Dockerfile, or put a plain text file in its place.',
  });
}

const tooLarge = (path: string): FailureError =>
  refusal({
    title: `${path} is too large for a Dockerfile`,
    detail: `It has more than ${largestDockerfile / 1024 / 1024} megabytes.`,
    hint: 'Check whether it’s the right file.',
  });

function cannotBeRead({ code = '', message }: NodeJS.ErrnoException, path: string): FailureError {
  const words = reasons.get(code) ?? { detail: 'The disk or the system didn’t hand it over.', hint: 'Look at the original message.' };
  return refusal({ title: `${path} can’t be read`, ...words, cause: message });
}

const forbidden = {
  detail: 'Your user may not read this file.',
  hint: 'Give yourself permission to read it, or choose another Dockerfile.',
};

const reasons = new Map([
  ['EACCES', forbidden],
  ['EPERM', forbidden],
  [
    'ELOOP',
    {
      detail: 'It’s a link that leads back to itself, so there’s no text behind it.',
      hint: 'Remove the link and put the file in its place.',
    },
  ],
  [
    'ENOENT',
    {
      detail: 'There’s no such file. It was moved, renamed or removed, or it’s a link that leads nowhere.',
      hint: 'Choose another Dockerfile or folder.',
    },
  ],
]);

const refusal = (words: Omit<Failure, 'kind'>): FailureError => new FailureError({ kind: 'dockerfile', ...words });
