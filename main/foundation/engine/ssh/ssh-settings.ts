import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Machine } from '../candidates.ts';
import { placeOf } from './ssh-arguments.ts';
import type { SshTarget } from './ssh-target.ts';

/** What a person's own ssh settings say for a computer. */
export type SshSettings = {
  /** Sessions share a connection already. */
  isShared: boolean;
  /** The shared connection is that of the first session, and stays with it. */
  endsWithFirst: boolean;
  /** They say how ssh notices that a connection is dead. */
  isAliveSet: boolean;
};

// settings may run programs to find out what holds
const answerWithin = 5000;

/** Asks ssh for its settings; it connects to nothing. An ssh that can't say has none, and says why when it is used. */
export async function settingsFor(target: SshTarget, machine: Machine): Promise<SshSettings> {
  const asked = promisify(execFile)('ssh', ['-G', ...placeOf(target)], { env: machine.env, timeout: answerWithin, windowsHide: true });
  const settings = await asked.then(({ stdout }) => stdout).catch(() => '');
  const settingOf = (name: string) => new RegExp(`^${name} (.+)$`, 'mi').exec(settings)?.[1]?.trim();
  const isShared = (settingOf('controlpath') ?? 'none') !== 'none';
  return {
    isShared,
    endsWithFirst: isShared && settingOf('controlmaster') !== 'false' && settingOf('controlpersist') === 'no',
    isAliveSet: (settingOf('serveraliveinterval') ?? '0') !== '0',
  };
}
