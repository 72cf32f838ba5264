import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { answerOpenDialog, answerSaveDialog } from '../../../tools/drive/answer-dialogs.ts';
import { startFaultyDoor } from '../../support/faulty-door.ts';
import { Putting } from '../../support/put-image.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { expect, test } from '../../support/window/app.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf, showPage } from '../../support/window/find-in-window.ts';
import { mountSmallDisk } from '../../support/window/full-disk.ts';
import { WorkFolder } from '../../support/work-folder.ts';

async function open(window: Page, address: string): Promise<void> {
  await window.evaluate((place) => {
    location.hash = `#/browse/${encodeURIComponent(place)}`;
  }, address);
  await expect(window.getByRole('heading', { name: address, level: 1 })).toBeVisible();
}

test('a registry is backed up and restored to another, and what would move is asked about', async ({ app, window }) => {
  using folder = new WorkFolder();
  await using registry = await runRegistry();
  await using other = await runRegistry();
  await new Putting(registry.address, 'acme/shop').list(['1.0', 'latest'], ['linux/amd64', 'linux/arm64']);
  await new Putting(registry.address, 'acme/tools').image(['2']);
  await new Putting(registry.address, 'left/out').image(['3']);
  const now = await new Putting(other.address, 'acme/tools').image(['2']);
  await open(window, registry.address);
  await window.getByRole('button', { name: 'Back up…' }).click();
  await expect(dialogOf(window)).toContainText(/3\srepositories/);
  await dialogOf(window).getByRole('radio', { name: 'Chosen repositories' }).check();
  for (const name of ['acme/shop', 'acme/tools']) await dialogOf(window).getByRole('checkbox', { name }).check();
  await expectNoViolations(window);
  await answerSaveDialog(app, folder.file('registry.tar'));
  await dialogOf(window).getByRole('button', { name: 'Choose a place…' }).click();
  await expect(window.getByText('Backed up to registry.tar')).toBeVisible();
  await expect(window.getByText(/3\stags of 2\srepositories/)).toBeVisible();
  await expectNoViolations(window);
  expect(readdirSync(folder.path)).toEqual(['registry.tar']);

  await open(window, other.address);
  await answerOpenDialog(app, [folder.file('registry.tar')]);
  await window.getByRole('button', { name: 'Restore…' }).click();
  await expect(dialogOf(window)).toContainText(/2\stags are new/);
  await expect(dialogOf(window)).toContainText(/1\stag leads to something else there/);
  await expectNoViolations(window);
  await dialogOf(window)
    .getByRole('button', { name: /Restore 2\stags/ })
    .click();
  await expect(window.getByText('The backup was restored')).toBeVisible();
  await expect(window.getByText(/1\stag stayed where it was/)).toBeVisible();
  await expect(window.getByRole('navigation', { name: 'Repositories' }).getByText('acme/shop')).toBeVisible();
  expect(await other.digestOf('acme/tools', '2')).toBe(now);
  expect((await other.tagsOf('acme/shop')).sort()).toEqual(['1.0', 'latest']);
  await expectNoViolations(window);

  // what a restore moves goes back with one press
  await answerOpenDialog(app, [folder.file('registry.tar')]);
  await window.getByRole('button', { name: 'Restore…' }).click();
  await dialogOf(window).getByRole('checkbox', { name: 'Move it to what the backup has' }).check();
  await dialogOf(window)
    .getByRole('button', { name: /Restore 1\stag/ })
    .click();
  await expect.poll(() => other.digestOf('acme/tools', '2')).not.toBe(now);
  await window.getByRole('button', { name: 'Move it back' }).click();
  await expect.poll(() => other.digestOf('acme/tools', '2')).toBe(now);
});

test('a backup that the registry broke off goes on with one press; a full disk has its words', async ({ app, window }) => {
  using folder = new WorkFolder();
  await using registry = await runRegistry();
  await new Putting(registry.address, 'acme/shop').image(['1'], { size: 6_000_000 });
  let isGone = true;
  using door = await startFaultyDoor({ port: registry.port }, ({ url = '' }) =>
    isGone && url.includes('/blobs/') ? { status: 503, headers: { 'retry-after': '120' } } : undefined,
  );
  await open(window, door.address);
  await window.getByRole('button', { name: 'Back up…' }).click();
  await answerSaveDialog(app, folder.file('registry.tar'));
  await dialogOf(window).getByRole('button', { name: 'Choose a place…' }).click();
  await expect(window.getByText('What was read is kept beside the file.')).toBeVisible();
  expect(existsSync(folder.file('registry.tar'))).toBe(false);
  isGone = false;
  await window.getByRole('button', { name: 'Go on' }).click();
  await expect(window.getByText('Backed up to registry.tar')).toBeVisible();
  expect(readdirSync(folder.path)).toEqual(['registry.tar']);

  await using disk = await mountSmallDisk(folder.file('small'), 2);
  await window.getByRole('button', { name: 'Back up…' }).click();
  await answerSaveDialog(app, `${disk.path}/registry.tar`);
  await dialogOf(window).getByRole('button', { name: 'Choose a place…' }).click();
  await expect(window.getByRole('alert', { name: 'There isn’t enough space on that disk' })).toBeVisible();
  expect(existsSync(`${disk.path}/registry.tar`)).toBe(false);
});

test('a disk that fills up meanwhile stops a backup, which goes on once there is room, or is thrown away', async ({ app, window }) => {
  using folder = new WorkFolder();
  await using registry = await runRegistry();
  await new Putting(registry.address, 'acme/shop').image(['1'], { size: 6_000_000 });
  await using disk = await mountSmallDisk(folder.file('small'), 20);
  let fills = true;
  using door = await startFaultyDoor({ port: registry.port }, ({ url = '' }) => {
    if (fills && url.includes('/blobs/')) writeFileSync(`${disk.path}/others`, Buffer.alloc(17_000_000));
    return undefined;
  });
  await open(window, door.address);
  const start = async () => {
    await window.getByRole('button', { name: 'Back up…' }).click();
    await answerSaveDialog(app, `${disk.path}/registry.tar`);
    await dialogOf(window).getByRole('button', { name: 'Choose a place…' }).click();
  };
  await start();
  const full = window.getByRole('alert', { name: 'The disk is full' });
  await expect(full).toBeVisible();
  await expect(full).toContainText('What was read is kept beside the file.');
  expect(readdirSync(disk.path).sort()).toEqual(['.registry.tar.layerdeck-backup', 'others']);
  await expectNoViolations(window);
  fills = false;
  rmSync(`${disk.path}/others`);
  await full.getByRole('button', { name: 'Go on' }).click();
  await expect(window.getByText('Backed up to registry.tar')).toBeVisible();
  expect(readdirSync(disk.path)).toEqual(['registry.tar']);

  rmSync(`${disk.path}/registry.tar`);
  fills = true;
  await start();
  await full.getByRole('button', { name: 'Throw it away…' }).click();
  await expect(full.getByRole('button', { name: 'Keep it' })).toBeFocused();
  expect(readdirSync(disk.path)).toContain('.registry.tar.layerdeck-backup');
  await full.getByRole('button', { name: 'Throw it away', exact: true }).click();
  await expect(full).toHaveCount(0);
  expect(readdirSync(disk.path)).toEqual(['others']);
});

test('a backup whose app was killed goes on with what is in the file', async ({ launch, folder }) => {
  await using registry = await runRegistry();
  const shop = new Putting(registry.address, 'acme/shop');
  for (const tag of ['1', '2', '3']) await shop.image([tag], { size: 2_000_000 });
  let isBroken = true;
  let reached = () => {};
  const halfway = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const read = new Set<string>();
  using door = await startFaultyDoor({ port: registry.port }, ({ url = '', method }) => {
    if (method !== 'GET' || !url.includes('/blobs/')) return undefined;
    // two of the layers come, the last one breaks off over and over
    if (!isBroken || read.size < 5) {
      expect(read).not.toContain(url);
      read.add(url);
      return undefined;
    }
    reached();
    return { cutAnswerAfter: 1000 };
  });
  const backUp = async (app: ElectronApplication) => {
    const window = await app.firstWindow();
    await showPage(window, 'Registry');
    await open(window, door.address);
    await window.getByRole('button', { name: 'Back up…' }).click();
    await answerSaveDialog(app, join(folder, 'registry.tar'));
    await dialogOf(window).getByRole('button', { name: 'Choose a place…' }).click();
    return window;
  };
  const app = await launch({ home: folder });
  await backUp(app);
  await halfway;
  const closed = app.waitForEvent('close');
  app.process().kill('SIGKILL');
  await closed;
  expect(existsSync(join(folder, 'registry.tar'))).toBe(false);
  isBroken = false;
  const window = await backUp(await launch({ home: folder }));
  await expect(window.getByText('Backed up to registry.tar')).toBeVisible();
  // three layers and three configurations, each read once
  expect(read.size).toBe(6);
});
