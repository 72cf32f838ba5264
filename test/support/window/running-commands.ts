import { runCommand } from '../../../tools/engine/run-command.ts';

/** The processes of this computer that run a command, including those in containers. */
export async function runningCommands(command: string): Promise<string[]> {
  const all = await runCommand('ps', ['-eo', 'args']);
  return all.split('\n').filter((line) => line.includes(command));
}
