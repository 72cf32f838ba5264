import { lstat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { withoutFolder } from '../features/build-history/adopted/without-folder.ts';
import type { BuildHistory } from '../features/build-history/build-history.ts';
import { FailureError } from '../foundation/failures/failure.ts';
import type { ProcedureParts } from './router.ts';

/**
 * Shows a build's Dockerfile in its folder. It is never opened, as the system would run a Dockerfile.bat or any executable, and
 * the file may be somebody else's. Rejects with a failure if it no longer exists.
 */
export async function revealDockerfile(
  history: BuildHistory,
  { reveal }: Pick<ProcedureParts['desktop'], 'reveal'>,
  build: string,
): Promise<void> {
  const { origin, folder, dockerfile } = await history.read(build);
  if (origin) throw withoutFolder(origin);
  const path = resolve(folder, dockerfile.path);
  await lstat(path).catch((error: Error) => {
    throw gone(dockerfile.path, folder, error);
  });
  reveal(path);
}

const gone = (name: string, folder: string, { message }: Error): FailureError =>
  new FailureError({
    kind: 'not-found',
    title: 'The Dockerfile couldn’t be shown',
    detail: `${name} is no longer in ${folder}, or your user may not look there.`,
    cause: message,
  });
