import { isAbsolute, relative, sep } from 'node:path';
import type { Failure } from '../../../contract/failure.ts';
import { FailureError } from '../../foundation/failures/failure.ts';

/** Names the file in the folder that a system error is about. Returns any other error, and one about the folder itself, unchanged. */
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
  detail: 'The disk or the system didn’t hand the file over, so the image wouldn’t have matched the folder.',
  hint: 'Try again. If the build doesn’t need the file, add it to .dockerignore.',
};

const forbidden: Words = {
  kind: 'not-permitted',
  what: 'could not be read',
  detail: 'Your user may not read this file, and the build sends everything that .dockerignore doesn’t leave out.',
  hint: 'Give yourself permission to read it, or add it to .dockerignore if the build doesn’t need it.',
};

const reasons = new Map<string, Words>([
  ['EACCES', forbidden],
  ['EPERM', forbidden],
  [
    'ENOENT',
    {
      kind: 'not-found',
      what: 'vanished',
      detail: 'Something removed or renamed this file after the build had started.',
      hint: 'Wait until nothing writes to the folder, then build again. Add files that come and go to .dockerignore.',
    },
  ],
]);
