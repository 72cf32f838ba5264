import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type ElectronApplication, expect, type Page } from '@playwright/test';
import { type LaunchOptions, launchApp } from '../../../tools/drive/launch-app.ts';
import type { Engine } from '../../../tools/engine/engine.ts';
import { startEngine } from '../../../tools/engine/start-engine.ts';
import { closeApp, KeptApp } from './kept-app.ts';

type TestFixtures = {
  /** A temp folder that is gone after the test. */
  folder: string;
  /** Launches an app of its own as often as a test wants; all are closed after it. */
  launch: (options?: Partial<LaunchOptions>) => Promise<ElectronApplication>;
  /** The one app that all tests of a file share. */
  app: ElectronApplication;
  /** Its window in its initial state: the list of images, no dialog open. No error may reach it. */
  window: Page;
};

type WorkerFixtures = { engine: Engine; kept: KeptApp };

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
  kept: [
    async ({ engine }, use) => {
      await using kept = new KeptApp(engine.host);
      await use(kept);
    },
    { scope: 'worker' },
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
    await Promise.all(apps.map(closeApp));
  },
  app: async ({ kept }, use, { file }) => use(await kept.of(file)),
  window: async ({ app }, use, test) => {
    const window = await app.firstWindow();
    const errors: string[] = [];
    const note = (error: Error) => errors.push(error.message);
    window.on('pageerror', note);
    await window.waitForLoadState();
    // a dialog that still grows moves away under the pointer, between a press and its release
    await window.emulateMedia({ reducedMotion: 'reduce' });
    await expect(window.getByRole('main')).toBeVisible();
    await window.evaluate(() => {
      location.hash = '#/images';
    });
    await window.reload();
    await expect(window.getByRole('heading', { name: 'Images', level: 1 })).toBeVisible();
    await use(window);
    // what the window said at the end tells a failure of the app from one of the test
    if (test.status !== test.expectedStatus) console.log(`The window says:\n${(await window.locator('body').innerText()).slice(0, 4000)}`);
    window.off('pageerror', note);
    expect(errors).toEqual([]);
  },
});

export { expect } from '@playwright/test';
