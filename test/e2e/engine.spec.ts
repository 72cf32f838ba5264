import { existsSync, readdirSync } from 'node:fs';
import type { ElectronApplication, Page } from '@playwright/test';
import { dropFiles } from '../../tools/drive/drop-files.ts';
import type { Engine } from '../../tools/engine/engine.ts';
import { startEngine } from '../../tools/engine/start-engine.ts';
import { makeRandomImage } from '../support/random-image.ts';
import { runRegistry } from '../support/run-registry.ts';
import { startSlowProxy } from '../support/slow-proxy.ts';
import { WorkFolder } from '../support/work-folder.ts';
import { test as base, expect } from './app.ts';
import { save } from './archive-in-window.ts';
import { type Builder, builders, buildHeading, chooseBuilder, chooseFolder, startBuild, stepOf } from './build-in-window.ts';
import { expectNoViolations } from './expect-no-violations.ts';
import { dialogOf, rowOf, rowsIn, search, showPage } from './find-in-window.ts';
import { imageId } from './read-engine.ts';
import { pull, untilPercent } from './transfer-in-window.ts';

// An engine of its own: it is killed again and again.
const test = base.extend<object, { mortal: Engine }>({
  mortal: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures it needs from here
    async ({}, use) => {
      const engine = await startEngine();
      await engine.makeBaseImage();
      await use(engine);
      await engine.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

const missingPage = (window: Page) => window.getByRole('heading', { level: 1, name: /engine/i });

/** Kills the engine and sees that the window says so in time. */
async function kill(engine: Engine, window: Page): Promise<void> {
  await engine.kill();
  await expect(window.getByRole('status', { name: 'Engine: No engine found' })).toBeVisible({ timeout: 2000 });
}

/** Starts the engine again and sees that the lists come back by themselves, and that the app works. */
async function bringBack(engine: Engine, app: ElectronApplication, window: Page, builder: Builder = 'BuildKit'): Promise<void> {
  await showPage(window, 'Images');
  await expect(missingPage(window)).toBeVisible();
  await expect(rowsIn(window)).toHaveCount(0);
  await engine.restart();
  await expect(rowsIn(window).first()).toBeVisible();
  await search(window, '');
  await expect(rowOf(window, 'layerdeck/base:1')).toBeVisible();
  const mark = `back-${Math.random()}`;
  using folder = new WorkFolder({ Dockerfile: `FROM layerdeck/base:1\nRUN echo ${mark}\n` });
  await chooseBuilder(window, builder);
  await chooseFolder(app, window, folder.path);
  await startBuild(window, 'e2e-back:1');
  await expect(buildHeading(window, 'e2e-back:1 is built')).toBeVisible();
  expect(await imageId(engine, 'e2e-back:1')).not.toBe('');
}

/** Where the task's own page says that the engine went away, and what to do. */
const lost = (window: Page) =>
  window
    .getByRole('main')
    .getByRole('alert')
    .filter({ hasText: 'The engine stopped answering' })
    .filter({ hasText: 'Start the engine again' });

test('an engine that is named and does not answer is told with its address, and its images are shown once it does', async ({
  mortal,
  launch,
}) => {
  await mortal.kill();
  const app = await launch({ host: mortal.host });
  const window = await app.firstWindow();
  await expect(missingPage(window)).toHaveText('The engine that DOCKER_HOST names does not answer');
  await expect(window.getByRole('main')).toContainText(`It is expected at ${mortal.host}.`);
  // another engine would not be used
  await expect(window.getByRole('group', { name: 'Choose an engine' })).toHaveCount(0);
  await window.getByText(/^What was tried/).click();
  await expect(window.getByRole('main')).toContainText(mortal.socket);
  await window.getByRole('button', { name: 'Search again' }).click();
  await expect(missingPage(window)).toBeVisible();
  await mortal.restart();
  await expect(rowOf(window, 'layerdeck/base:1')).toBeVisible();
  await expect(missingPage(window)).toHaveCount(0);
});

const usual = ['/var/run/docker.sock', '/run/podman/podman.sock'].find((socket) => existsSync(socket));
test('where there is no engine the window says how to get one', async ({ launch, folder }) => {
  test.skip(usual !== undefined, 'this computer has an engine of its own');
  const window = await (await launch({ host: '', env: { XDG_RUNTIME_DIR: folder } })).firstWindow();
  await expect(missingPage(window)).toHaveText('One thing is missing: an engine');
  await expect(window.getByRole('group', { name: 'Choose an engine' }).getByRole('radio').first()).toBeVisible();
  await expectNoViolations(window);
});

test('without an engine a dropped folder is looked into, and built once one answers', async ({ mortal, launch }) => {
  await mortal.kill();
  const window = await (await launch({ host: mortal.host })).firstWindow();
  await expect(missingPage(window)).toBeVisible();
  using empty = new WorkFolder({ 'index.html': 'x' });
  await dropFiles(window, [empty.path]);
  await expect(dialogOf(window).getByRole('alert')).toContainText('no Dockerfile');
  await window.keyboard.press('Escape');
  using folder = new WorkFolder({ Dockerfile: `FROM layerdeck/base:1\nRUN echo ${Math.random()}\n` });
  await dropFiles(window, [folder.path]);
  await dialogOf(window).getByLabel('Name and tag', { exact: true }).fill('e2e-waited:1');
  await expect(dialogOf(window)).toContainText('No engine answers. It can be built once one does.');
  const build = dialogOf(window).getByRole('button', { name: 'Build', exact: true });
  await expect(build).toBeDisabled();
  await mortal.restart();
  await build.click();
  await expect(buildHeading(window, 'e2e-waited:1 is built')).toBeVisible();
});

for (const builder of builders) {
  test(`the engine is killed in the middle of a ${builder} build`, async ({ mortal, launch }) => {
    const app = await launch({ host: mortal.host });
    const window = await app.firstWindow();
    using folder = new WorkFolder({ Dockerfile: 'FROM layerdeck/base:1\nRUN sleep 1000\n' });
    await chooseBuilder(window, builder);
    await chooseFolder(app, window, folder.path);
    await startBuild(window, 'e2e-lost:1');
    await expect(stepOf(window, 'sleep 1000')).toContainText('running');
    await kill(mortal, window);
    await expect(buildHeading(window, 'e2e-lost:1 was not built')).toBeVisible({ timeout: 2000 });
    await expect(lost(window)).toBeVisible();
    await bringBack(mortal, app, window, builder);
  });
}

test('the engine is killed in the middle of a save, and no part of a file stays', async ({ mortal, launch }) => {
  const app = await launch({ host: mortal.host });
  const window = await app.firstWindow();
  using folder = new WorkFolder();
  await makeRandomImage(mortal.host, 'e2e-lost-save:1', 300_000_000);
  await save(app, window, 'e2e-lost-save:1', folder.file('x.tar'));
  await untilPercent(window, 3);
  await kill(mortal, window);
  await expect(lost(window)).toBeVisible({ timeout: 2000 });
  expect(readdirSync(folder.path)).toEqual([]);
  await bringBack(mortal, app, window);
});

test('the engine is killed in the middle of a pull', async ({ engine, mortal, launch }) => {
  // The registry runs on the engine that lives on.
  await using registry = await runRegistry(engine);
  const direct = `${registry.address}/e2e-lost-pull:1`;
  await makeRandomImage(engine.host, direct, 4_000_000);
  await engine.docker(['push', '--quiet', direct]);
  using door = await startSlowProxy({ host: '127.0.0.1', port: Number(registry.address.split(':')[1]) }, 400_000);
  const app = await launch({ host: mortal.host });
  const window = await app.firstWindow();
  await pull(window, `${door.address}/e2e-lost-pull:1`);
  await untilPercent(window, 5);
  await kill(mortal, window);
  await expect(lost(window)).toBeVisible({ timeout: 2000 });
  await showPage(window, 'Images');
  await window.getByRole('button', { name: /^Activity: .* failed/ }).click();
  await expect(dialogOf(window).getByRole('region', { name: 'Needs you' }).getByRole('listitem')).toHaveCount(1);
  await window.keyboard.press('Escape');
  await bringBack(mortal, app, window);
  expect(await imageId(mortal, `${door.address}/e2e-lost-pull:1`)).toBe('');
});
