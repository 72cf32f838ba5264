import { runCommand } from '../../tools/engine/run-command.ts';

/** The processes of this machine that run a command; those inside of containers are among them. */
export async function runningCommands(command: string): Promise<string[]> {
  const all = await runCommand('ps', ['-eo', 'args']);
  return all.split('\n').filter((line) => line.includes(command));
}
