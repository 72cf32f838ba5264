// Builds and opens the app: `npm start`, with files to open after `--`.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildApp, projectRoot } from '../build/build-app.ts';
import { findChromium } from '../stand-in/find-chromium.ts';
import { findElectron, installElectron } from './find-electron.ts';

await buildApp();
const electron = findElectron(projectRoot) ?? installElectron(projectRoot);
const chromium = findChromium();
const standIn = join(projectRoot, 'tools/stand-in/electron');

if (electron) run(electron, {});
else if (chromium) {
  console.log(`Electron could not be fetched; the same app runs in ${chromium} instead.`);
  run(standIn, { STANDIN_HEADED: '1' });
} else {
  console.error('Layerdeck needs Electron, which could not be fetched, or an installed Chromium or Chrome: please install one of them.');
  process.exitCode = 1;
}

function run(program: string, env: NodeJS.ProcessEnv): void {
  const child = spawn(program, [projectRoot, ...process.argv.slice(2)], { stdio: 'inherit', env: { ...env, ...process.env } });
  // The terminal sends Ctrl-C to both; the app ends first, and we with it.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
