import type { Page } from '@playwright/test';
import type { Engine } from '../../../tools/engine/engine.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { expect, test } from '../../support/window/app.ts';
import { buildHeading, chooseFolder, startBuild } from '../../support/window/build-in-window.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf, showPage } from '../../support/window/find-in-window.ts';
import { imageId } from '../../support/window/read-engine.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const list = (window: Page) => window.getByRole('list', { name: 'What could go' });
const rowOf = (window: Page, name: string) => list(window).getByRole('listitem').filter({ hasText: name });
const foot = (window: Page) => window.getByRole('region', { name: 'What is ticked' });
const act = (window: Page, words: string | RegExp) => foot(window).getByRole('button', { name: words });
const note = (window: Page) => window.getByRole('note');

async function publishAndGet({ host, docker }: Engine, reference: string, bytes: number): Promise<void> {
  await makeRandomImage(host, reference, bytes);
  for (const command of ['push', 'rmi', 'pull']) await docker([command, reference]);
}

test('an image at a registry goes, is said to come back, and does', async ({ engine, window }) => {
  await using registry = await runRegistry();
  const name = `${registry.address}/e2e-disk/there:1`;
  await publishAndGet(engine, name, 3_000_000);
  const id = await imageId(engine, name);
  await showPage(window, 'Disk');
  await expect(rowOf(window, name)).toContainText('No container uses it');
  await expect(rowOf(window, name)).toContainText(/3\.0\sMB/);
  await window.getByRole('button', { name: 'Ask the registries what they have' }).click();
  await expect(rowOf(window, name).locator('[data-sureness="sure"]')).toContainText(`The same from ${registry.address}`);
  await rowOf(window, name).getByRole('checkbox').check();
  await expect(foot(window)).toContainText(/Frees 3\.0\sMB/);
  await expectNoViolations(window);
  await act(window, /^Free 3\.0\sMB$/).click();
  await expect(note(window)).toContainText(/3\.0\sMB freed/);
  await expect.poll(() => imageId(engine, name)).toBe('');

  await note(window).getByText('Bring something back').click();
  await note(window)
    .getByRole('button', { name: `Bring back ${name}` })
    .click();
  await expect(note(window)).toContainText('It is here again');
  expect(await imageId(engine, name)).toBe(id);
});

test('so much room as is asked for is made by what can be had again; what is nowhere else is asked about', async ({
  app,
  engine,
  window,
}) => {
  using folder = new WorkFolder({ Dockerfile: `FROM layerdeck/base:1\nRUN head -c 2000000 /dev/urandom > /own\n` });
  await chooseFolder(app, window, folder.path);
  await startBuild(window, 'e2e-disk-built:1');
  await expect(buildHeading(window, 'e2e-disk-built:1 is built')).toBeVisible({ timeout: 30_000 });
  await makeRandomImage(engine.host, 'e2e-disk-only:1', 5_000_000);
  await showPage(window, 'Disk');
  await expect(rowOf(window, 'e2e-disk-only:1')).toContainText(/Nowhere else, as far as known|Perhaps at/);
  await expect(rowOf(window, 'e2e-disk-built:1')).toContainText(/Built in .* from/);
  await window.getByLabel('I need', { exact: true }).fill('1.5 MB');
  await expect(rowOf(window, 'e2e-disk-only:1').getByRole('checkbox')).not.toBeChecked();
  await expect(foot(window)).toContainText('you asked for 1.5');
  await expect(foot(window)).toContainText(/Frees [2-9]\.\d\sMB/);

  await window.getByLabel('I need', { exact: true }).fill('');
  await expect(foot(window)).toContainText('Nothing is ticked');
  await rowOf(window, 'e2e-disk-only:1').getByRole('checkbox').check();
  await act(window, /^Free 5\.0\sMB$/).click();
  await expect(dialogOf(window)).toContainText('One of these may be lost for good');
  await expectNoViolations(window);
  await dialogOf(window).getByRole('button', { name: 'Keep everything' }).click();
  expect(await imageId(engine, 'e2e-disk-only:1')).not.toBe('');
  await act(window, /^Free 5\.0\sMB$/).click();
  await dialogOf(window)
    .getByRole('button', { name: /^Free 5\.0\sMB$/ })
    .click();
  await expect(note(window)).toContainText(/5\.0\sMB freed/);
  expect(await imageId(engine, 'e2e-disk-only:1')).toBe('');
  expect(await imageId(engine, 'e2e-disk-built:1')).not.toBe('');
});

test('what is used by the time the button is pressed stays, and the window says why', async ({ engine, window }) => {
  await makeRandomImage(engine.host, 'e2e-disk-used:1', 1_000_000);
  await makeRandomImage(engine.host, 'e2e-disk-named:1', 1_100_000);
  await showPage(window, 'Disk');
  for (const name of ['e2e-disk-used:1', 'e2e-disk-named:1']) await rowOf(window, name).getByRole('checkbox').check();
  await act(window, /^Free 2\.1\sMB$/).click();
  await engine.docker(['create', 'e2e-disk-used:1', 'x']);
  await engine.docker(['tag', 'e2e-disk-named:1', 'e2e-disk-other:1']);
  await dialogOf(window)
    .getByRole('button', { name: /^(?:Free|Remove)/ })
    .click();
  await note(window)
    .getByText(/2\sthings stayed/)
    .click();
  await expect(note(window)).toContainText('e2e-disk-used:1: A container uses this image.');
  await expect(note(window)).toContainText('e2e-disk-named:1: It is called e2e-disk-other:1 by now.');
  expect(await imageId(engine, 'e2e-disk-used:1')).not.toBe('');
});

test('the build cache is shown step by step, and goes', async ({ app, engine, window }) => {
  using folder = new WorkFolder({ Dockerfile: `FROM layerdeck/base:1\nRUN head -c 1500000 /dev/urandom > /own\nCOPY f /f\n`, f: 'f' });
  await chooseFolder(app, window, folder.path);
  await startBuild(window, 'e2e-disk-cache:1');
  await expect(buildHeading(window, 'e2e-disk-cache:1 is built')).toBeVisible({ timeout: 30_000 });
  await showPage(window, 'Disk');
  await window.getByRole('button', { name: 'Show the parts of Results of build steps' }).click();
  const parts = dialogOf(window).getByRole('list', { name: 'Parts of the build cache' });
  await expect(parts).toContainText('RUN head -c 1500000 /dev/urandom > /own');
  await expect(parts).toContainText('from the build of e2e-disk-cache:1');
  await expect(parts).toContainText('an image has it, too');
  await expectNoViolations(window);
  await dialogOf(window).getByRole('button', { name: 'Close' }).click();
  // the image goes as well: only then are the bytes free
  await rowOf(window, 'Results of build steps').getByRole('checkbox').check();
  await rowOf(window, 'e2e-disk-cache:1').getByRole('checkbox').check();
  await expect(foot(window)).toContainText(/Frees 1\.5\sMB/);
  await act(window, /^Free 1\.5\sMB$/).click();
  await expect(note(window)).toContainText(/1\.5\sMB freed/);
  expect(await engine.docker(['builder', 'du', '--filter', 'type=regular']).catch(() => '')).not.toContain('1500000');
});
