import { execFile } from 'node:child_process';
import { join } from 'node:path';

export type Found = { isGood: boolean; output: string /** What has to be said although nothing was found. */; note?: string };
export type Part = { name: string; run(): Promise<Found> };

const root = join(import.meta.dirname, '../..');

/** Runs a program of the project and returns its output. */
export const runProgram = (name: string, args: string[]): Promise<Found> =>
  new Promise((resolve) => {
    const program = join(root, 'node_modules/.bin', name);
    execFile(program, args, { cwd: root, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) =>
      resolve({ isGood: error === null, output: `${stdout}${stderr}` }),
    );
  });
