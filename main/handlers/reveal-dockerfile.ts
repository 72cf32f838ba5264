import { lstat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { BuildHistory } from '../build/history/build-history.ts';
import { FailureError } from '../engine/failure.ts';
import type { Parts } from './router.ts';

/**
 * Shows a build's Dockerfile in its folder. It is never opened: the system runs what is called Dockerfile.bat, or what may be
 * executed, and the file is somebody else's. Rejects in words where there is none any more.
 */
export async function revealDockerfile(history: BuildHistory, { reveal }: Pick<Parts['desktop'], 'reveal'>, build: string): Promise<void> {
  const { folder, dockerfile } = await history.read(build);
  const path = resolve(folder, dockerfile.path);
  await lstat(path).catch((error: Error) => {
    throw gone(dockerfile.path, folder, error);
  });
  reveal(path);
}

const gone = (name: string, folder: string, { message }: Error): FailureError =>
  new FailureError({
    kind: 'not-found',
    title: 'The Dockerfile could not be shown',
    detail: `${name} is not in ${folder} any more, or your user may not look there.`,
    cause: message,
  });
