import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { answerOpenDialog } from '../drive/answer-dialogs.ts';
import { dropFiles } from '../drive/drop-files.ts';
import type { Engine } from '../engine/engine.ts';
import type { Camera } from './camera.ts';
import type { Furniture } from './furnish.ts';
import { shootArchives } from './shoot-archives.ts';
import { shootBrowsing } from './shoot-browsing.ts';
import { shootCompare } from './shoot-compare.ts';
import { shootDisk } from './shoot-disk.ts';
import { shootFiles } from './shoot-files.ts';
import { shootList } from './shoot-list.ts';
import { shootMoving } from './shoot-moving.ts';
import { shootOrigin } from './shoot-origin.ts';
import { shootSuitcase } from './shoot-suitcase.ts';
import { shootTags } from './shoot-tags.ts';
import { shootWhy } from './shoot-why.ts';

/** Walks through the app as a person would and stops at every screen. */
export async function shootScreens(app: ElectronApplication, engine: Engine, furniture: Furniture, camera: Camera): Promise<void> {
  const { page } = camera;
  await page.setViewportSize({ width: 1280, height: 800 });
  await shootImages(page, camera);
  await shootBuildDialog(app, page, furniture, camera);
  await shootBuilds(app, page, furniture, camera);
  await shootRegistry(page, camera);
  await shootMoving(camera);
  await shootBrowsing(engine, camera);
  await shootArchives(app, furniture, camera);
  await shootSuitcase(app, engine, join(furniture.good, '..'), camera);
  await shootAround(page, camera);
  await shootList(camera);
  await shootOrigin(engine, join(furniture.good, '..'), camera);
  await shootTags(engine, join(furniture.good, '..'), camera);
  await shootDisk(camera);
  await shootFiles(engine, join(furniture.good, '..'), camera);
  await shootCompare(engine, join(furniture.good, '..'), camera);
  // a comparison needs no engine
  await go(page, 'Images');
  await engine.kill();
  await page
    .getByRole('heading', { name: /engine/i })
    .first()
    .waitFor();
  await camera.shoot('engine-stopped');
}

const go = (page: Page, name: string) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
const row = (page: Page, name: string) => page.getByRole('row', { name, exact: true });
const dialogButton = (page: Page, name: string | RegExp) => page.getByRole('dialog').getByRole('button', { name, exact: true });

async function shootImages(page: Page, camera: Camera): Promise<void> {
  await row(page, 'reports:0.9').waitFor();
  await page.getByText(/Shared layers save/).waitFor();
  await camera.shoot('images');
  await page.getByRole('checkbox', { name: 'Select reports:0.9', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Select my-team/hello-api:2.0', exact: true }).click();
  await camera.shoot('images-selected');
  await page.getByRole('button', { name: 'Remove…' }).click();
  await page
    .getByRole('dialog')
    .getByText(/until you press the button/)
    .waitFor();
  await camera.shoot('remove-rehearsal');
  await dialogButton(page, 'Keep').click();
  await page.getByRole('button', { name: 'Clear the selection' }).click();
  await row(page, 'reports:0.9').getByRole('link').click();
  await page.getByRole('list', { name: /^Layers/ }).waitFor();
  await camera.shoot('image-layers');
  await page.getByRole('tab', { name: 'Config' }).click();
  await camera.shoot('image-config');
  await page.getByRole('tab', { name: 'Tags' }).click();
  await camera.shoot('image-tags');
  await page.getByRole('button', { name: 'Add a tag…' }).click();
  await page.getByRole('dialog').getByLabel('Name and tag').fill('my-team/hello-api:latest');
  await camera.shoot('tag-moves');
  await page.keyboard.press('Escape');
}

async function shootBuildDialog(app: ElectronApplication, page: Page, furniture: Furniture, camera: Camera): Promise<void> {
  await go(page, 'Images');
  await dropFiles(page, [furniture.grown]);
  const dialog = page.getByRole('dialog');
  await dialog.getByText('can be sent').waitFor();
  await dialog.getByRole('checkbox', { name: 'latest' }).check();
  await camera.shoot('build-dialog');
  await dialog.getByRole('button', { name: 'Look inside…' }).click();
  await dialog.getByRole('list', { name: /largest first/ }).waitFor();
  await camera.shoot('build-context');
  await dialog.getByRole('button', { name: 'Leave out node_modules' }).first().click();
  await dialog.getByRole('button', { name: 'Undo' }).and(page.locator(':enabled')).waitFor();
  await camera.shoot('build-context-left-out');
  await dialogButton(page, 'Back').click();
  await page.getByText('Options and build arguments').click();
  await dialog.getByLabel('NPM_TOKEN').scrollIntoViewIfNeeded();
  await dialog.getByRole('group', { name: 'Build arguments' }).evaluate((group) => group.scrollIntoView({ block: 'start' }));
  await answerOpenDialog(app, [furniture.notes]);
  await dialog.getByRole('button', { name: 'Choose the file of the secret payment-key' }).click();
  await camera.shoot('build-options');
  await dialogButton(page, 'Build').click();
  await page.getByRole('heading', { name: /is built/ }).waitFor();
  await page.getByRole('tab', { name: 'Advice' }).click();
  await page.getByRole('list', { name: 'Advice' }).waitFor();
  await camera.shoot('build-advice');
}

async function shootBuilds(app: ElectronApplication, page: Page, furniture: Furniture, camera: Camera): Promise<void> {
  await go(page, 'Images');
  const choose = async (folder: string, name: string) => {
    await dropFiles(page, [folder]);
    await page.getByRole('dialog').getByLabel('Name and tag').fill(name);
  };
  await choose(furniture.good, 'my-team/hello-web:1.4.2');
  await dialogButton(page, 'Build').click();
  await page.getByRole('heading', { name: /is built/ }).waitFor();
  await camera.shoot('build-done');
  await shootWhy(page, furniture.good, camera);
  await go(page, 'Images');
  await choose(furniture.broken, 'billing:3');
  await dialogButton(page, 'Build').click();
  await page.getByRole('heading', { name: /was not built/ }).waitFor();
  await camera.shoot('build-failed');
  await go(page, 'Images');
  await choose(furniture.slow, 'reports:1.0');
  await dialogButton(page, 'Build').click();
  await page.getByRole('region', { name: 'Steps' }).getByText('Collecting figures', { exact: true }).waitFor();
  await camera.shoot('build-running');
  await go(page, 'Builds');
  await camera.shoot('builds');
  await answerOpenDialog(app, []);
}

async function shootRegistry(page: Page, camera: Camera): Promise<void> {
  await go(page, 'Registry');
  await camera.shoot('registry-none');
  await page.getByRole('button', { name: 'Start the registry' }).click();
  await page.getByText('Running at').waitFor();
}

async function shootAround(page: Page, camera: Camera): Promise<void> {
  await go(page, 'Images');
  await page.getByRole('button', { name: /^Activity/ }).click();
  await camera.shoot('activity');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Search or do anything' }).waitFor();
  await camera.shoot('palette');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Engine/ }).click();
  await camera.shoot('engine');
  await page.keyboard.press('Escape');
}
