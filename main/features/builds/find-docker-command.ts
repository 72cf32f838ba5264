import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findProgram, foldersOf } from '../../foundation/files/find-program.ts';

/** Where docker's command usually is, for apps started from the desktop, whose PATH may lack these folders. */
const usualFolders: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: ['/usr/local/bin', '/usr/bin', '/snap/bin'],
  darwin: ['/usr/local/bin', '/opt/homebrew/bin', '/Applications/Docker.app/Contents/Resources/bin', join(homedir(), '.docker/bin')],
  win32: ['C:\\Program Files\\Docker\\Docker\\resources\\bin'],
};

let answer: Promise<number | undefined> | undefined;

/** Which modes the installed docker command writes into its tarballs; the newer ones if there is no command. Asked once. */
export async function classicModesOfCommand(): Promise<'docker-24' | 'docker-20'> {
  answer ??= dockerCommandVersion(process.env.PATH);
  const version = await answer;
  return version !== undefined && version < 24 ? 'docker-20' : 'docker-24';
}

/** The major version of the docker command that a shell would run; no engine is asked. */
export async function dockerCommandVersion(path = ''): Promise<number | undefined> {
  const program = await findProgram('docker', [...foldersOf(path), ...(usualFolders[process.platform] ?? [])]);
  if (!program) return undefined;
  return new Promise((resolve) => {
    execFile(program, ['--version'], { timeout: 5000, windowsHide: true }, (error, output) => {
      const [, version] = /Docker version (\d+)\./.exec(output) ?? [];
      resolve(error || !version ? undefined : Number(version));
    });
  });
}
