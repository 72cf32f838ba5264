import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type ElectronApplication, _electron as electron, type Page } from '@playwright/test';
import type { Engine } from '../../tools/engine/engine.ts';
import { installMissing } from '../../tools/engine/install-missing.ts';
import { startEngine } from '../../tools/engine/start-engine.ts';

const projectRoot = join(import.meta.dirname, '../..');

export type LaunchOptions = {
  /** Files the app is asked to open. */
  files?: string[];
  env?: Record<string, string>;
  /** Its data folder; a launch with the same one is a second start. */
  home?: string;
};

type TestFixtures = {
  /** A temp folder that is gone after the test. */
  folder: string;
  /** Launches the app as often as a test wants; all are closed after it. */
  launch: (options?: LaunchOptions) => Promise<ElectronApplication>;
  app: ElectronApplication;
  window: Page;
};

type WorkerFixtures = { engine: Engine };

/** Playwright's test with the app, its first window and a real engine. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  engine: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures it needs from here
    async ({}, use) => {
      const engine = await startEngine();
      await Promise.all([engine.makeBaseImage(), engine.makeRegistryImage()]);
      await use(engine);
      await engine.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures it needs from here
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'layerdeck-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  launch: async ({ engine, folder }, use) => {
    const apps: ElectronApplication[] = [];
    await use(async (options = {}) => {
      const app = await launchApp(engine.host, options.home ?? folder, options);
      apps.push(app);
      return app;
    });
    await Promise.all(apps.map((app) => app.close()));
  },
  app: async ({ launch }, use) => use(await launch()),
  window: async ({ app }, use) => use(await app.firstWindow()),
});

export { expect } from '@playwright/test';

async function launchApp(host: string, home: string, { files = [], env = {} }: LaunchOptions): Promise<ElectronApplication> {
  if (process.env.LAYERDECK_ELECTRON !== 'real') {
    if (process.platform === 'linux') installMissing(['chromium']);
    // Playwright asks Electron's package, which looks here first.
    process.env.ELECTRON_OVERRIDE_DIST_PATH = join(projectRoot, 'tools/stand-in');
  }
  return electron.launch({
    cwd: projectRoot,
    args: [projectRoot, `--user-data-dir=${join(home, 'user-data')}`, ...files],
    // A home of its own keeps the machine's docker configuration out of it.
    env: { ...inherited(), HOME: home, XDG_CONFIG_HOME: join(home, '.config'), DOCKER_HOST: host, ...env },
  });
}

const inherited = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('DOCKER_')),
  );
