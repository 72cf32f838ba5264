import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { findProgram, foldersOf } from '../../../foundation/files/find-program.ts';
import { writeWhole } from '../../../foundation/files/write-whole.ts';
import { nameIn, withName, withoutName } from './hosts-file.ts';
import { cantChangeHosts, nothingChanged } from './name-failures.ts';
import { type Command, privilegedChange } from './privileged-change.ts';

/** Where the hosts file is, and what may be used to change it. */
export type Hosts = { file: string; platform: NodeJS.Platform; env: Record<string, string | undefined> };

/** How the line gets there: written by Layerdeck, after the system's own question, or by the person. */
export type Way = 'itself' | 'system-asks' | 'by-hand';

/** A person may think about the system's question for a while; in milliseconds. */
const answerWithin = 5 * 60_000;

/** The hosts file, a character for each byte. Rejects with the system's error. */
export const readHosts = async ({ file }: Hosts): Promise<string> => (await readFile(file)).toString('latin1');

/** How the line can be changed here. */
export async function wayOf(hosts: Hosts): Promise<Way> {
  if (await mayWrite(hosts)) return 'itself';
  return (await commandFor(hosts, { before: undefined, after: 'a.b' })) ? 'system-asks' : 'by-hand';
}

/** Has Layerdeck's line lead to a name, or removes it. Throws the failure to show unless just that was done. */
export async function changeHosts(hosts: Hosts, after: string | undefined): Promise<void> {
  const text = await readHosts(hosts);
  const before = nameIn(text);
  if (before === after) return;
  if (await mayWrite(hosts)) await write(hosts, after === undefined ? withoutName(text) : withName(text, after));
  else {
    const command = await commandFor(hosts, { before, after });
    if (!command) throw cantChangeHosts(hosts.file);
    await run(command, hosts.file);
  }
  const now = await readHosts(hosts);
  if (nameIn(now) !== after) throw nothingChanged(hosts.file, '');
}

async function mayWrite({ file, platform }: Hosts): Promise<boolean> {
  // on Windows, only a try would tell
  if (platform === 'win32') return false;
  return access(file, constants.W_OK).then(
    () => true,
    () => false,
  );
}

/** In one step where the file can be replaced, which one that is mounted by itself can't be. */
async function write({ file }: Hosts, text: string): Promise<void> {
  const real = await realpath(file);
  const { mode } = await stat(real);
  const bytes = Buffer.from(text, 'latin1');
  try {
    await writeWhole(real, bytes, mode & 0o777);
  } catch {
    await writeFile(real, bytes, { flush: true });
  }
}

async function commandFor({ file, platform, env }: Hosts, change: Parameters<typeof privilegedChange>[2]): Promise<Command | undefined> {
  const folders = [...foldersOf(env.PATH), '/usr/bin', '/bin'];
  const [pkexec, sed] = await Promise.all([findProgram('pkexec', folders), findProgram('sed', ['/usr/bin', '/bin'])]);
  return privilegedChange(platform, file, change, { pkexec, sed });
}

function run({ program, args }: Command, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { timeout: answerWithin }, (error, _, stderr) => {
      if (error) reject(nothingChanged(file, stderr.trim() || error.message));
      else resolve();
    });
  });
}
