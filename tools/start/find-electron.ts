import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const installLimit = 120_000;

/** The Electron binary, if it is there. Never through `require('electron')`, which would download endlessly. */
export function findElectron(root: string): string | undefined {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules/electron/dist');
  const pathFile = join(root, 'node_modules/electron/path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron';
  const binary = join(folder, name);
  return existsSync(binary) ? binary : undefined;
}

/** Fetches the binary as Electron's own installer does, and gives up after two minutes. */
export function installElectron(root: string): string | undefined {
  console.log('Fetching Electron, which is needed once …');
  const script = join(root, 'node_modules/electron/install.js');
  spawnSync(process.execPath, [script], { stdio: 'ignore', timeout: installLimit });
  return findElectron(root);
}
