import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { dropFiles } from '../../../tools/drive/drop-files.ts';
import type { Engine } from '../../../tools/engine/engine.ts';
import { installMissing } from '../../../tools/engine/install-missing.ts';
import { runCommand } from '../../../tools/engine/run-command.ts';
import { startEngine } from '../../../tools/engine/start-engine.ts';
import { startMadeEngine } from '../../support/made-engine.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { startSlowProxy } from '../../support/slow-proxy.ts';
import { test as base, expect } from '../../support/window/app.ts';
import { save } from '../../support/window/archive-in-window.ts';
import {
  type Builder,
  builders,
  buildHeading,
  chooseBuilder,
  chooseFolder,
  startBuild,
  stepOf,
} from '../../support/window/build-in-window.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf, rowOf, rowsIn, search, showPage } from '../../support/window/find-in-window.ts';
import { imageId } from '../../support/window/read-engine.ts';
import { pull, untilPercent } from '../../support/window/transfer-in-window.ts';
import { WorkFolder } from '../../support/work-folder.ts';

// an engine of its own: it is killed again and again
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
  await expect(window.getByRole('status', { name: 'Engine: No engine found' })).toBeVisible();
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

test('a named engine that does not answer is shown with its address, and its images appear once it does', async ({ mortal, launch }) => {
  await mortal.kill();
  const app = await launch({ host: mortal.host });
  const window = await app.firstWindow();
  await expect(missingPage(window)).toHaveText('The engine that DOCKER_HOST names doesn’t answer');
  await expect(window.getByRole('main')).toContainText(`It should be at ${mortal.host}.`);
  // another engine would not be used
  await expect(window.getByRole('group', { name: 'Choose an engine' })).toHaveCount(0);
  await window.getByText(/^Where Layerdeck looked/).click();
  await expect(window.getByRole('main')).toContainText(mortal.socket);
  await window.getByRole('button', { name: 'Search again' }).click();
  await expect(missingPage(window)).toBeVisible();
  await mortal.restart();
  await expect(rowOf(window, 'layerdeck/base:1')).toBeVisible();
  await expect(missingPage(window)).toHaveCount(0);
});

const usual = ['/var/run/docker.sock', '/run/podman/podman.sock'].find((socket) => existsSync(socket));
test('if there is no engine, the window says how to get one', async ({ launch, folder }) => {
  test.skip(usual !== undefined, 'this computer has an engine of its own');
  const window = await (await launch({ host: '', env: { XDG_RUNTIME_DIR: folder } })).firstWindow();
  await expect(missingPage(window)).toHaveText('One thing is missing: an engine');
  await expect(window.getByRole('group', { name: 'Choose an engine' }).getByRole('radio').first()).toBeVisible();
  await expectNoViolations(window);
});

test('an engine that is installed here is started with one button', async ({ launch, folder }) => {
  test.skip(usual !== undefined, 'this computer has an engine of its own');
  installMissing(['podman']);
  const own = (name: string, text: string) => {
    mkdirSync(join(folder, 'bin'), { recursive: true });
    writeFileSync(join(folder, name), text, { mode: 0o755 });
  };
  // its own storage, in place of this user's
  own('storage.conf', `[storage]\ndriver = "vfs"\nrunroot = "${folder}/runroot"\ngraphroot = "${folder}/graph"\n`);
  own('bin/podman', `#!/bin/sh\nCONTAINERS_STORAGE_CONF=${folder}/storage.conf exec /usr/bin/podman "$@"\n`);
  own('bin/colima', '#!/bin/sh\necho FATA: no room; exit 1\n');
  const PATH = `${join(folder, 'bin')}:${process.env.PATH}`;
  try {
    const window = await (await launch({ host: '', env: { XDG_RUNTIME_DIR: folder, PATH } })).firstWindow();
    const starters = window.getByRole('region', { name: 'Start an engine' });
    await expect(starters.getByRole('listitem', { name: 'Podman' })).toContainText('podman system service');
    await expectNoViolations(window);
    await starters.getByRole('button', { name: 'Start Colima' }).click();
    await expect(starters.getByRole('alert')).toContainText('Colima did not start');
    await expectNoViolations(window);
    await starters.getByRole('button', { name: 'Start Podman' }).click();
    await expect(window.getByRole('button', { name: /Podman is running/ })).toBeVisible();
    await expect(window.getByRole('heading', { level: 1, name: 'Images' })).toBeVisible();
  } finally {
    await runCommand('pkill', ['-f', join(folder, 'podman/podman.sock')]).catch(() => {});
  }
});

test('an engine that is too old or too new is said to be, and is used once it is another one', async ({ launch }) => {
  using door = await startMadeEngine({ oldest: '1.12', newest: '1.24' });
  const window = await (await launch({ host: door.address })).firstWindow();
  await expect(missingPage(window)).toHaveText('The engine is too old for Layerdeck');
  await expect(window.getByRole('main')).toContainText('speaks version 1.24');
  await expect(window.getByRole('main')).toContainText('Update the engine.');
  await expect(window.getByRole('status', { name: 'Engine: Engine not supported' })).toBeVisible();
  await expectNoViolations(window);
  door.become({ oldest: '1.44', newest: '1.53' });
  await expect(missingPage(window)).toHaveCount(0);
  await window.getByRole('button', { name: /Docker is running/ }).click();
  await expect(window.getByRole('dialog', { name: 'Engine' })).toContainText('1.51 (the engine knows 1.53)');
  await expectNoViolations(window);
  door.become({ oldest: '1.54', newest: '1.60' });
  await expect(missingPage(window)).toHaveText('The engine is too new for this Layerdeck');
  await expect(window.getByRole('main')).toContainText('Update Layerdeck');
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
  await expect(dialogOf(window)).toContainText('No engine answers. You can build once one does.');
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
    await expect(buildHeading(window, 'e2e-lost:1 was not built')).toBeVisible();
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
  await expect(lost(window)).toBeVisible();
  expect(readdirSync(folder.path)).toEqual([]);
  await bringBack(mortal, app, window);
});

test('the engine is killed in the middle of a pull', async ({ engine, mortal, launch }) => {
  // the registry runs on the engine that stays alive
  await using registry = await runRegistry();
  const direct = `${registry.address}/e2e-lost-pull:1`;
  await makeRandomImage(engine.host, direct, 4_000_000);
  await engine.docker(['push', '--quiet', direct]);
  using door = await startSlowProxy({ host: '127.0.0.1', port: Number(registry.address.split(':')[1]) }, 400_000);
  const app = await launch({ host: mortal.host });
  const window = await app.firstWindow();
  await pull(window, `${door.address}/e2e-lost-pull:1`);
  await untilPercent(window, 5);
  await kill(mortal, window);
  await expect(lost(window)).toBeVisible();
  await showPage(window, 'Images');
  await window.getByRole('button', { name: /^Activity: .* failed/ }).click();
  await expect(dialogOf(window).getByRole('region', { name: 'Needs attention' }).getByRole('listitem')).toHaveCount(1);
  await window.keyboard.press('Escape');
  await bringBack(mortal, app, window);
  expect(await imageId(mortal, `${door.address}/e2e-lost-pull:1`)).toBe('');
});
