import { existsSync } from 'node:fs';
import { runCommand } from './run-command.ts';

/** The shared libraries that a program loads, its loader among them. */
export async function listLibraries(program: string): Promise<string[]> {
  const listed = await runCommand('ldd', [program]).catch(() => '');
  return [...listed.matchAll(/(\/\S+) \(0x/g)].map((match) => match[1] ?? '').filter((path) => existsSync(path));
}
