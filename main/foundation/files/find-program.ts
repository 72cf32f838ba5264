import { constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { isThere } from './is-there.ts';

/** A program in one of these folders; the first that may be run. On Windows its name ends in `.exe`. */
export async function findProgram(name: string, folders: string[], platform = process.platform): Promise<string | undefined> {
  for (const folder of folders.filter(Boolean)) {
    const program = join(folder, platform === 'win32' ? `${name}.exe` : name);
    if (await isThere(program, constants.X_OK)) return program;
  }
  return undefined;
}

export const foldersOf = (path = ''): string[] => path.split(delimiter).filter(Boolean);
