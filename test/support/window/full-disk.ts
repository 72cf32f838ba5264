import { mkdirSync } from 'node:fs';
import { runCommand } from '../../../tools/engine/run-command.ts';

/** A disk with room for so many megabytes, mounted at a new folder and gone at the end of the scope. Needs root on Linux. */
export async function mountSmallDisk(folder: string, megabytes: number) {
  mkdirSync(folder);
  await runCommand('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  return {
    path: folder,
    [Symbol.asyncDispose]: async () => {
      await runCommand('umount', [folder]);
    },
  };
}
