import { networkInterfaces } from 'node:os';
import { runCommand } from './run-command.ts';

/** Makes a separate bridge for an engine, in a network that nothing here uses. */
export async function makeBridge(name: string): Promise<void> {
  const taken = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
  // a bridge without a cable shows up in `ip` only
  const listed = await runCommand('ip', ['-4', '-o', 'addr']);
  const start = Math.floor(Math.random() * 200);
  const free = Array.from({ length: 200 }, (_, index) => `172.31.${((start + index) % 200) + 20}.`).find(
    (prefix) => !listed.includes(` ${prefix}`) && !taken.some((address) => address.startsWith(prefix)),
  );
  if (!free) throw new Error('No free network for a test engine.');
  await runCommand('ip', ['link', 'add', name, 'type', 'bridge']);
  await runCommand('ip', ['addr', 'add', `${free}1/24`, 'dev', name]);
  await runCommand('ip', ['link', 'set', name, 'up']);
}
