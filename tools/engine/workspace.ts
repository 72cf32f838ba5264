import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeTraces } from './remove-traces.ts';

const prefix = 'layerdeck-engine-';

/** Everything that one private engine has on this machine. */
export type Workspace = {
  folder: string;
  dataRoot: string;
  execRoot: string;
  socket: string;
  pidFile: string;
  configFile: string;
  logFile: string;
  /** Up to 15 characters, as the kernel allows. */
  bridge: string;
};

/** Makes the folder of a new engine, marked with who owns it. */
export function makeWorkspace(config: object): Workspace {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  const workspace = describeWorkspace(folder);
  mkdirSync(workspace.dataRoot);
  writeFileSync(join(folder, 'owner'), String(process.pid));
  writeFileSync(workspace.configFile, JSON.stringify(config));
  return workspace;
}

/** Removes engines whose owner died without a chance to do it. */
export async function removeStaleWorkspaces(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(tmpdir(), name);
    if (isOwned(folder)) continue;
    await removeTraces(describeWorkspace(folder));
  }
}

/** Where an engine with this folder has its things. */
export function describeWorkspace(folder: string): Workspace {
  const id = folder.slice(-6);
  return {
    folder,
    dataRoot: join(folder, 'data'),
    execRoot: join(folder, 'exec'),
    socket: join(folder, 'docker.sock'),
    pidFile: join(folder, 'pid'),
    configFile: join(folder, 'daemon.json'),
    logFile: join(folder, 'log'),
    bridge: `ldk-${id.toLowerCase()}${[...id].reduce((sum, char) => sum + (char >= 'a' ? 1 : 0), 0)}`,
  };
}

function isOwned(folder: string): boolean {
  const file = join(folder, 'owner');
  // Being made or being removed by somebody else at this moment.
  if (!existsSync(file)) return true;
  const pid = readFileSync(file, 'utf8');
  return existsSync(`/proc/${pid}/stat`);
}
