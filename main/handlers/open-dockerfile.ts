import { resolve } from 'node:path';
import type { BuildHistory } from '../build/history/build-history.ts';
import { FailureError } from '../engine/failure.ts';
import type { Parts } from './router.ts';

/** Opens a build's Dockerfile in the program that the system has for it. Rejects in words where there is none, or no file. */
export async function openDockerfile(history: BuildHistory, { open }: Parts['desktop'], build: string): Promise<void> {
  const { folder, dockerfile } = await history.read(build);
  const problem = await open(resolve(folder, dockerfile.path));
  if (problem === '') return;
  throw new FailureError({
    kind: 'not-found',
    title: 'The Dockerfile could not be opened',
    detail: 'It is not there any more, or no program on this computer opens it.',
    cause: problem,
  });
}
