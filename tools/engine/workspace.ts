import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeTraces } from './remove-traces.ts';

const prefix = 'layerdeck-engine-';

/** Everything that one private engine has on this computer. */
export type Workspace = {
  folder: string;
  dataRoot: string;
  execRoot: string;
  socket: string;
  pidFile: string;
  /** The engine's own settings: daemon.json, or containers.conf. */
  configFile: string;
  logFile: string;
  /** Up to 15 characters, as the kernel allows. */
  bridge: string;
};

/** Makes the folder of a new engine, marked with who owns it. */
export function makeWorkspace(): Workspace {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  const workspace = describeWorkspace(folder);
  mkdirSync(workspace.dataRoot);
  writeFileSync(join(folder, 'owner'), String(process.pid));
  return workspace;
}

/** Removes engines whose owner died without a chance to do so. */
export async function removeStaleWorkspaces(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(tmpdir(), name);
    if (isOwned(folder)) continue;
    await removeTraces(describeWorkspace(folder));
  }
}

/** Where an engine with this folder keeps its things. */
export function describeWorkspace(folder: string): Workspace {
  const id = folder.slice(-6);
  return {
    folder,
    dataRoot: join(folder, 'data'),
    execRoot: join(folder, 'exec'),
    socket: join(folder, 'docker.sock'),
    pidFile: join(folder, 'pid'),
    configFile: join(folder, 'config'),
    logFile: join(folder, 'log'),
    bridge: `ldk-${id.toLowerCase()}${[...id].reduce((sum, char) => sum + (char >= 'a' ? 1 : 0), 0)}`,
  };
}

function isOwned(folder: string): boolean {
  const file = join(folder, 'owner');
  // another process is making or removing it at this moment
  if (!existsSync(file)) return true;
  const pid = readFileSync(file, 'utf8');
  return existsSync(`/proc/${pid}/stat`);
}
