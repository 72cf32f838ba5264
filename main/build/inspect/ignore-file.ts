import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Builder } from '../../../contract/engine.ts';
import { FailureError } from '../../engine/failure.ts';
import { IgnorePatterns, readIgnoreFile } from '../ignore-patterns.ts';

/** The ignore file that counts, relative to the folder: BuildKit prefers one that is named after the Dockerfile. */
export async function ignoreFileOf(folder: string, dockerfile: string, builder: Builder): Promise<string> {
  const own = `${dockerfile}.dockerignore`;
  return builder === 'buildkit' && (await isFile(join(folder, own))) ? own : '.dockerignore';
}

const isFile = (file: string): Promise<boolean> =>
  stat(file).then(
    (found) => found.isFile(),
    () => false,
  );

/** What it leaves out. Rejects in words where a line of it is no pattern. */
export async function readIgnored(folder: string, ignoreFile: string, dockerfile: string, builder: Builder): Promise<IgnorePatterns> {
  const text = await readFile(join(folder, ignoreFile), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  // the classic builder needs these two in the tarball, whatever the file says
  const needed = builder === 'classic' ? ['!.dockerignore', `!${dockerfile}`] : [];
  try {
    return new IgnorePatterns([...readIgnoreFile(text), ...needed]);
  } catch (error) {
    throw new FailureError({
      kind: 'dockerfile',
      title: `${ignoreFile} has a line that is no pattern`,
      detail: 'The builder would refuse it, so nothing can be said of what would be sent.',
      hint: 'Look for a lone “!” or a “[” without its “]”, correct it and try again.',
      cause: (error as Error).message,
    });
  }
}
