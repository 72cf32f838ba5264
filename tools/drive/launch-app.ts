import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ElectronApplication, _electron as electron } from '@playwright/test';
import { installMissing } from '../engine/install-missing.ts';

const projectRoot = join(import.meta.dirname, '../..');

export type LaunchOptions = {
  /** What DOCKER_HOST says to the app. */
  host: string;
  /** Home of its own: it keeps the machine's docker configuration out of it. A launch with the same one is a second start. */
  home: string;
  /** Files the app is asked to open. */
  files?: string[];
  env?: Record<string, string>;
  /** A file in place of /etc/hosts, in a namespace of the app's own; on the stand-in only. */
  hostsFile?: string;
  /** Shows the window on the display instead of drawing it unseen. */
  headed?: boolean;
};

/** Starts the built app for Playwright: on the stand-in, or on the real Electron where LAYERDECK_ELECTRON is `real`. */
export async function launchApp({
  host,
  home,
  files = [],
  env = {},
  hostsFile,
  headed = false,
}: LaunchOptions): Promise<ElectronApplication> {
  if (process.env.LAYERDECK_ELECTRON !== 'real') {
    if (process.platform === 'linux') installMissing(['chromium']);
    // Playwright asks Electron's package, which looks here first.
    process.env.ELECTRON_OVERRIDE_DIST_PATH = join(projectRoot, 'tools/stand-in');
  }
  const own = { HOME: home, XDG_CONFIG_HOME: join(home, '.config'), DOCKER_HOST: host, ...(headed && { STANDIN_HEADED: '1' }) };
  return electron.launch({
    cwd: projectRoot,
    args: [projectRoot, `--user-data-dir=${join(home, 'user-data')}`, ...files],
    env: { ...inherited(), ...own, ...env },
    ...(hostsFile !== undefined && { executablePath: withHosts(home, hostsFile) }),
  });
}

/** A program that starts the stand-in so that this file is what the app, and all that it starts, finds as /etc/hosts. */
function withHosts(home: string, hostsFile: string): string {
  const program = join(home, 'electron-with-hosts');
  const words = [join(projectRoot, 'tools/engine/with-hosts.sh'), hostsFile, join(projectRoot, 'tools/stand-in/electron')];
  const quoted = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  writeFileSync(program, `#!/bin/sh\nexec unshare --mount --propagation=private /bin/sh ${quoted} "$@"\n`, { mode: 0o755 });
  return program;
}

const inherited = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('DOCKER_')),
  );
