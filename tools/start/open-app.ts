import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../build/build-app.ts';
import { findChromium } from '../stand-in/find-chromium.ts';
import { findElectron, installElectron } from './find-electron.ts';

/** Whether Electron could not be fetched before: it is tried only once. */
let isWithoutElectron = false;

/** Opens the built app with Electron or, if that is unavailable, an installed Chromium. Without either it says so and returns undefined. */
export function openApp(args: string[], env: NodeJS.ProcessEnv = {}): ChildProcess | undefined {
  const electron = findElectron(projectRoot) ?? (isWithoutElectron ? undefined : installElectron(projectRoot));
  if (electron) return run(electron, args, env);
  const chromium = findChromium();
  if (!chromium) {
    console.error('Layerdeck needs Electron, which could not be fetched, or an installed Chromium or Chrome. Install one of them.');
    return undefined;
  }
  if (!isWithoutElectron) console.log(`Electron could not be fetched; the same app runs in ${chromium} instead.`);
  isWithoutElectron = true;
  return run(join(projectRoot, 'tools/stand-in/electron'), args, { STANDIN_HEADED: '1', ...env });
}

const run = (program: string, args: string[], env: NodeJS.ProcessEnv): ChildProcess =>
  spawn(program, [projectRoot, ...args], { stdio: 'inherit', env: { ...env, ...process.env } });
