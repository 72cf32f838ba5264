import { shell } from 'electron';
import { FailureError } from '../engine/failure.ts';

/** Opens a file in the program that the system has for it. Rejects in words where there is none, or no file. */
export async function openFile(path: string): Promise<void> {
  const problem = await shell.openPath(path);
  if (problem === '') return;
  throw new FailureError({
    kind: 'not-found',
    title: 'The file could not be opened',
    detail: 'It is not there any more, or no program on this computer opens it.',
    cause: problem,
  });
}
