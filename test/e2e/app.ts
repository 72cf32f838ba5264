import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type ElectronApplication, type Page } from '@playwright/test';
import { type LaunchOptions, launchApp } from '../../tools/drive/launch-app.ts';
import type { Engine } from '../../tools/engine/engine.ts';
import { startEngine } from '../../tools/engine/start-engine.ts';

type TestFixtures = {
  /** A temp folder that is gone after the test. */
  folder: string;
  /** Launches the app as often as a test wants; all are closed after it. */
  launch: (options?: Partial<LaunchOptions>) => Promise<ElectronApplication>;
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
      const app = await launchApp({ host: engine.host, home: folder, ...options });
      apps.push(app);
      return app;
    });
    await Promise.all(apps.map((app) => app.close()));
  },
  app: async ({ launch }, use) => use(await launch()),
  window: async ({ app }, use) => use(await app.firstWindow()),
});

export { expect } from '@playwright/test';
