import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { dropFiles } from '../../../tools/drive/drop-files.ts';
import { launchApp } from '../../../tools/drive/launch-app.ts';
import { load } from '../../support/window/archive-in-window.ts';
import { buildHeading } from '../../support/window/build-in-window.ts';
import { closeApp } from '../../support/window/kept-app.ts';

// Needs no engine at all: these are the tests that run on every system.
const test = base.extend<{ window: Page }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures it needs from here
  window: async ({}, use) => {
    const home = await mkdtemp(join(tmpdir(), 'layerdeck-e2e-'));
    const app = await launchApp({ host: 'tcp://127.0.0.1:9', home });
    const window = await app.firstWindow();
    await expect(window.getByRole('main')).toBeVisible();
    await use(window);
    await closeApp(app);
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  },
});

test('the window opens, says that the engine does not answer, and goes on looking', async ({ window }) => {
  await expect(window.getByRole('heading', { level: 1 })).toContainText('DOCKER_HOST');
  await expect(window.getByRole('main')).toContainText('127.0.0.1:9');
  await window.getByRole('link', { name: 'Registry' }).click();
  await expect(window.getByRole('heading', { name: 'Registry', level: 1 })).toBeVisible();
});

test('the page has nothing of Node, and may connect to nothing', async ({ window }) => {
  const reached = await window.evaluate(async () => ({
    names: ['process', 'require', 'module', 'Buffer'].filter((name) => name in globalThis),
    fetched: await fetch('https://127.0.0.1:9/').then(
      () => true,
      () => false,
    ),
  }));
  expect(reached).toEqual({ names: [], fetched: false });
});

test('a build record is read without an engine', async ({ window }) => {
  await dropFiles(window, [join(import.meta.dirname, '../../fixtures/docker-28-containerd/records/failed.dockerbuild')]);
  await load(window, /^Add 1\sbuild$/);
  await expect(buildHeading(window, 'recorded-failed:1 was not built')).toBeVisible();
  await expect(window.getByRole('main')).toContainText('bad luck');
});
