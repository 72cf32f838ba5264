import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { answerSaveDialog } from '../drive/answer-dialogs.ts';
import { dropFiles } from '../drive/drop-files.ts';
import type { Camera } from './camera.ts';
import type { Furniture } from './furnish.ts';

/** Images into files and out of them. */
export async function shootArchives(app: ElectronApplication, furniture: Furniture, camera: Camera): Promise<void> {
  const { page } = camera;
  await shootDrag(page, camera);
  await shootSave(app, furniture, camera);
  await shootLoad(furniture, camera);
  await shootImport(furniture, camera);
  await shootRecord(furniture, camera);
}

/** A build of another computer, from the file that its record was written to. */
async function shootRecord({ record }: Furniture, camera: Camera): Promise<void> {
  const { page } = camera;
  await dropFiles(page, [record]);
  await dialogButton(page, /^Add 1/).waitFor();
  await camera.shoot('build-record');
  await dialogButton(page, /^Add 1/).click();
  await page.getByRole('heading', { name: 'recorded-succeeded:1 is built' }).waitFor();
  await camera.shoot('build-record-added');
}

const go = (page: Page) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Images' }).click();
const row = (page: Page, name: string) => page.getByRole('row', { name, exact: true });
const dialogButton = (page: Page, name: string | RegExp) => page.getByRole('dialog').getByRole('button', { name });

async function shootDrag(page: Page, camera: Camera): Promise<void> {
  await go(page);
  await page.getByRole('checkbox', { name: 'Select reports:0.9', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Select my-team/hello-api:2.0', exact: true }).click();
  await row(page, 'reports:0.9').getByRole('link').hover();
  await page.mouse.down();
  await page.mouse.move(700, 500, { steps: 4 });
  await page.getByRole('button', { name: 'Save to a file' }).hover();
  await camera.shoot('images-dragged');
  await page.mouse.up();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clear the selection' }).click();
}

async function shootSave(app: ElectronApplication, furniture: Furniture, camera: Camera): Promise<void> {
  const { page } = camera;
  await row(page, 'reports:0.9').getByRole('link').click();
  await page.getByRole('button', { name: 'Save…' }).click();
  await page.getByRole('radio', { name: 'Packed with gzip' }).check();
  await page.getByRole('checkbox', { name: /SHA-256/ }).check();
  await camera.shoot('save-dialog');
  await answerSaveDialog(app, join(furniture.good, '..', 'reports-0.9.tar.gz'));
  await dialogButton(page, 'Choose a place…').click();
  await page.locator('.page[data-state=succeeded]').waitFor({ timeout: 60_000 });
  await camera.shoot('save-done');
}

async function shootLoad(furniture: Furniture, camera: Camera): Promise<void> {
  const { page } = camera;
  await go(page);
  await dropFiles(page, [furniture.archive, furniture.notes]);
  await page
    .getByText(/^This moves/)
    .first()
    .waitFor();
  await camera.shoot('load-preview');
  await page.getByRole('checkbox', { name: /where it is$/ }).check();
  await page.getByText('Layers, one by one').first().click();
  await camera.shoot('load-kept-back');
  await dialogButton(page, /^Load/).click();
  await page.locator('.page[data-state=succeeded]').waitFor({ timeout: 60_000 });
  await camera.shoot('load-done');
}

async function shootImport(furniture: Furniture, camera: Camera): Promise<void> {
  const { page } = camera;
  await go(page);
  await dropFiles(page, [furniture.system]);
  await page.getByLabel('What the container runs').waitFor();
  await camera.shoot('import-dialog');
  await dialogButton(page, 'Cancel').click();
}
