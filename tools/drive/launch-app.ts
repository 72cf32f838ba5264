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
  /** In place of this computer's own, in a namespace of the app's own; on the stand-in only. */
  etc?: OwnEtc;
  /** Shows the window on the display instead of drawing it unseen. */
  headed?: boolean;
};

/** Only a hosts file; or a folder over /etc, which can’t be written as long as nobody makes it so: see `with-etc.sh`. */
type OwnEtc = { hosts: string; isReadOnly?: boolean } | { folder: string };

/** Starts the built app for Playwright: on the stand-in, or on the real Electron where LAYERDECK_ELECTRON is `real`. */
export async function launchApp({ host, home, files = [], env = {}, etc, headed = false }: LaunchOptions): Promise<ElectronApplication> {
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
    ...(etc && { executablePath: withinEtc(home, etc) }),
  });
}

/** A program that starts the stand-in so that it, and all that it starts, finds this as /etc/hosts, or within this /etc. */
function withinEtc(home: string, etc: OwnEtc): string {
  const program = join(home, 'electron-within-etc');
  const script = (path: string, ...args: string[]) => [join(projectRoot, path), ...args];
  const first =
    'folder' in etc
      ? script('tools/drive/with-etc.sh', etc.folder)
      : script('tools/engine/with-hosts.sh', ...(etc.isReadOnly ? ['--read-only'] : []), etc.hosts);
  const quoted = [...first, ...script('tools/stand-in/electron')].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  writeFileSync(program, `#!/bin/sh\nexec unshare --mount --propagation=private /bin/sh ${quoted} "$@"\n`, { mode: 0o755 });
  return program;
}

const inherited = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('DOCKER_')),
  );
