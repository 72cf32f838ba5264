import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type ElectronApplication, expect, type Page } from '@playwright/test';
import { type LaunchOptions, launchApp } from '../../../tools/drive/launch-app.ts';
import type { Engine } from '../../../tools/engine/engine.ts';
import { startEngine } from '../../../tools/engine/start-engine.ts';
import { tidyEngine } from '../engines/tidy-engine.ts';
import { closeApp, KeptApp } from './kept-app.ts';

type TestFixtures = {
  /** A real engine with the base image and the registry's; a file of tests finds nothing on it of another file. */
  engine: Engine;
  /** A temp folder that is gone after the test. */
  folder: string;
  /** Launches an app of its own as often as a test wants; all are closed after it. */
  launch: (options?: Partial<LaunchOptions>) => Promise<ElectronApplication>;
  /** The one app that all tests of a file share. */
  app: ElectronApplication;
  /** Its window in its initial state: the list of images, no dialog open. No error may reach it. */
  window: Page;
};

type WorkerFixtures = { workersEngine: Engine; kept: KeptApp };

/** Playwright's test with the app, its first window and a real engine. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  workersEngine: [
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
    async ({ workersEngine }, use) => {
      await using kept = new KeptApp(workersEngine.host, () => tidyEngine(workersEngine));
      await use(kept);
    },
    { scope: 'worker' },
  ],
  engine: async ({ workersEngine, kept }, use, { file }) => {
    await kept.beginFile(file);
    await use(workersEngine);
  },
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
  // the engine comes first, as it is tidied before an app sees it
  app: async ({ engine: _, kept }, use) => use(await kept.open()),
  window: async ({ app, kept }, use, test) => {
    const window = await app.firstWindow();
    const errors: string[] = [];
    const note = (error: Error) => errors.push(error.message);
    window.on('pageerror', note);
    await window.waitForLoadState();
    // a dialog that still grows moves away under the pointer, between a press and its release
    await window.emulateMedia({ reducedMotion: 'reduce' });
    await expect(window.getByRole('main')).toBeVisible();
    await reloadAtImages(window).catch((error) => {
      throw new Error(`The window is gone. The app said:\n${kept.lastWords}`, { cause: error });
    });
    await expect(window.getByRole('heading', { name: 'Images', level: 1 })).toBeVisible();
    await use(window);
    // what the window said at the end tells a failure of the app from one of the test
    if (test.status !== test.expectedStatus)
      console.log(`The window says:\n${(await textOf(window)).slice(0, 4000)}\nThe app said:\n${kept.lastWords}`);
    window.off('pageerror', note);
    expect(errors).toEqual([]);
  },
});

/** Starts over, without a page being drawn that goes away at once. */
async function reloadAtImages(window: Page): Promise<void> {
  await window.evaluate(() => history.replaceState(null, '', '#/images'));
  await window.reload();
}

const textOf = (window: Page): Promise<string> => window.locator('body').innerText({ timeout: 5000 }).catch(String);

export { expect } from '@playwright/test';
