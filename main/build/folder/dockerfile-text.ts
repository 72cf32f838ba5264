import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Failure } from '../../../contract/failure.ts';
import { FailureError } from '../../engine/failure.ts';

/** Bytes a Dockerfile may have; generated ones reach a megabyte. */
const largestDockerfile = 8 * 1024 * 1024;

/** The text of a Dockerfile, whose path may also lead out of the folder. Rejects in words that name it and say what is wrong with it. */
export async function readDockerfileText(folder: string, path: string): Promise<string> {
  const file = resolve(folder, path);
  try {
    // a pipe is waited for when it is opened: it has to be told apart before
    const { size } = regular(await stat(file), path);
    if (size > largestDockerfile) throw tooLarge(path);
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      regular(await handle.stat(), path);
      // Windows puts a mark before a text that builders do not look at either
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
    title: `${path} is no file that can be read`,
    detail: found.isDirectory()
      ? 'It is a folder. A Dockerfile is a text file with the steps of the build.'
      : 'It is a pipe or a device, from which a text may never come to an end.',
    hint: 'Choose another Dockerfile, or put a plain text file in its place.',
  });
}

const tooLarge = (path: string): FailureError =>
  refusal({
    title: `${path} is too large for a Dockerfile`,
    detail: `It has more than ${largestDockerfile / 1024 / 1024} megabytes.`,
    hint: 'Look whether it is the right file.',
  });

function cannotBeRead({ code = '', message }: NodeJS.ErrnoException, path: string): FailureError {
  const words = reasons.get(code) ?? { detail: 'The disk or the system did not give it out.', hint: 'Look at the original message.' };
  return refusal({ title: `${path} cannot be read`, ...words, cause: message });
}

const forbidden = {
  detail: 'Your user may not read this file.',
  hint: 'Allow it in the properties of the file, or choose another Dockerfile.',
};

const reasons = new Map([
  ['EACCES', forbidden],
  ['EPERM', forbidden],
  [
    'ELOOP',
    {
      detail: 'It is a link that leads back to itself, so there is no text behind it.',
      hint: 'Remove the link and put the file in its place.',
    },
  ],
  [
    'ENOENT',
    {
      detail: 'There is no such file. It was moved, renamed or removed, or it is a link that leads nowhere.',
      hint: 'Choose another Dockerfile or folder.',
    },
  ],
]);

const refusal = (words: Omit<Failure, 'kind'>): FailureError => new FailureError({ kind: 'dockerfile', ...words });
