// Builds and packs the app: `npm run dist`, with electron-builder's own arguments after `--`.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp, projectRoot } from '../build/build-app.ts';
import { findElectron } from '../start/find-electron.ts';

await buildApp();
if (findElectron(projectRoot)) pack([]);
else {
  console.log('The Electron binary is not here: the package is made around the stand-in and only shows what goes into it.');
  const folder = copyStandIn();
  pack([`-c.electronDist=${folder}`]);
  rmSync(folder, { recursive: true });
}

function pack(extra: string[]): void {
  const program = join(projectRoot, 'node_modules/electron-builder/cli.js');
  const args = [program, '--publish', 'never', ...extra, ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, args, { cwd: projectRoot, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}

/** Arranges the stand-in in the way that electron-builder expects Electron's own folder. */
function copyStandIn(): string {
  const folder = mkdtempSync(join(tmpdir(), 'layerdeck-dist-'));
  cpSync(join(projectRoot, 'tools/stand-in'), folder, { recursive: true });
  mkdirSync(join(folder, 'locales'));
  writeFileSync(join(folder, 'locales/en-US.pak'), '');
  return folder;
}
