import { isAbsolute, relative, sep } from 'node:path';
import type { Failure } from '../../contract/failure.ts';
import { FailureError } from '../engine/failure.ts';

/** Says of an error of the system which file of the folder it is about. Any other error, and one about the folder itself, stays as it is. */
export function failureOfFile(error: unknown, folder: string): unknown {
  const { code, path, message } = (error instanceof Error ? error : {}) as Partial<NodeJS.ErrnoException>;
  if (code === undefined || path === undefined) return error;
  const inner = relative(folder, String(path));
  if (inner === '' || inner.startsWith(`..${sep}`) || isAbsolute(inner)) return error;
  const words = reasons.get(code) ?? { what: 'could not be read', ...other };
  const { what, ...more } = words;
  return new FailureError({ title: `${inner} ${what} while the folder was sent`, ...more, ...(message && { cause: message }) });
}

type Words = Omit<Failure, 'title' | 'cause'> & { what: string };

const other: Omit<Words, 'what'> = {
  kind: 'invalid-input',
  detail: 'The disk or the system did not give it out, so that the image would not have been what is in the folder.',
  hint: 'Try again. If the build does not need it, name it in .dockerignore.',
};

const forbidden: Words = {
  kind: 'not-permitted',
  what: 'could not be read',
  detail: 'Your user may not read it, and the build sends all that .dockerignore does not leave out.',
  hint: 'Allow it in the properties of the file, or name it in .dockerignore if the build does not need it.',
};

const reasons = new Map<string, Words>([
  ['EACCES', forbidden],
  ['EPERM', forbidden],
  [
    'ENOENT',
    {
      kind: 'not-found',
      what: 'vanished',
      detail: 'Something removed or renamed it after the build had begun.',
      hint: 'Wait until nothing writes into the folder any more, then build again. What comes and goes belongs into .dockerignore.',
    },
  ],
]);
