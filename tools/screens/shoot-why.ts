import { appendFileSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { Camera } from './camera.ts';

/** From the page of a finished build: the same folder with two changes, why its steps were built again, and both compared. */
export async function shootWhy(page: Page, folder: string, camera: Camera): Promise<void> {
  appendFileSync(join(folder, 'site/index.txt'), 'One more line.\n');
  chmodSync(join(folder, 'start.sh'), 0o750);
  const before = page.url();
  await page.getByRole('button', { name: 'Build again' }).click();
  await expect(page).not.toHaveURL(before);
  await page.getByRole('heading', { name: /is built/ }).waitFor();
  await page
    .getByRole('button', { name: /^Why was step/ })
    .first()
    .click();
  const card = page.getByRole('region', { name: /^Why was step/ });
  await card.waitFor();
  await camera.shoot('build-why');
  await card.getByRole('button', { name: 'Compare the two builds' }).click();
  await page.getByRole('region', { name: 'Cache matrix' }).waitFor();
  await camera.shoot('builds-compared');
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('tab', { name: 'Log' }).click();
  await page.getByLabel('Search the log').fill('page');
  await camera.shoot('build-log');
}
