import type { Page } from '@playwright/test';
import type { Camera } from './camera.ts';

const image = 'my-team/hello-api:2.0';

/** Images on their way to registries and back, each with its forecast. */
export async function shootMoving(camera: Camera): Promise<void> {
  const { page } = camera;
  await shootPush(page, camera);
  await shootPull(page, camera);
  await shootAccounts(page, camera);
  await shootCopy(page, camera);
}

const go = (page: Page, name: string) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
const dialogOf = (page: Page) => page.getByRole('dialog');
const dialogButton = (page: Page, name: string | RegExp) => dialogOf(page).getByRole('button', { name, exact: true });
const field = (page: Page, name: string) => page.getByRole('combobox', { name });
const forecast = (page: Page, words: RegExp) => page.getByRole('region', { name: 'Forecast' }).getByText(words).first().waitFor();
const addressOf = (page: Page) =>
  page
    .getByText(/^localhost:\d+$/)
    .first()
    .innerText();

async function shootPush(page: Page, camera: Camera): Promise<void> {
  await go(page, 'Images');
  await page.getByRole('row', { name: image, exact: true }).getByRole('link').click();
  await page.getByRole('button', { name: 'Push…' }).click();
  await page.getByRole('radio', { name: 'The registry on this computer' }).check();
  await forecast(page, /^Sends/);
  await dialogOf(page)
    .getByText(/layers?$/)
    .last()
    .click();
  await camera.shoot('push-dialog');
  await dialogButton(page, /^Push/).click();
  await page.locator('.page[data-state=succeeded]').waitFor();
  await camera.shoot('push-done');
  await go(page, 'Registry');
  await page.getByText(/, version \d/).waitFor();
  await camera.shoot('registry');
}

async function shootPull(page: Page, camera: Camera): Promise<void> {
  const there = `${await addressOf(page)}/my-team/hello-api`;
  await go(page, 'Images');
  await page.getByRole('button', { name: 'Get an image…' }).click();
  await field(page, 'Name and tag').fill(`${there}:`);
  await page.getByRole('option').first().waitFor();
  await camera.shoot('pull-suggestions');
  await page.getByRole('option').first().click();
  await forecast(page, /already here|^Downloads/);
  await camera.shoot('pull-forecast');
  await field(page, 'Name and tag').fill('Ghcr.io/Acme/billing');
  await camera.shoot('pull-dialog');
  await field(page, 'Name and tag').fill('registry.invalid/acme/billing:3');
  await dialogButton(page, 'Get the image').click();
  await page.locator('.page[data-state=failed]').waitFor();
  await camera.shoot('pull-failed');
}

async function shootAccounts(page: Page, camera: Camera): Promise<void> {
  await go(page, 'Registry');
  await page.getByRole('button', { name: 'Sign in…' }).click();
  await dialogOf(page).getByLabel('Registry').fill('ghcr.io');
  await dialogOf(page).getByLabel('User name', { exact: true }).fill('ada');
  await dialogOf(page).getByLabel('Password or access token').fill('not my token');
  await camera.shoot('sign-in');
  await dialogButton(page, 'Cancel').click();
}

async function shootCopy(page: Page, camera: Camera): Promise<void> {
  const address = await addressOf(page);
  await page.getByRole('button', { name: 'Copy an image…' }).click();
  await field(page, 'From').fill(`${address}/${image}`);
  await field(page, 'Name there').fill(`${address}/archive/hello-api:2026`);
  await forecast(page, /^Sends/);
  await page.keyboard.press('Tab');
  await camera.shoot('copy-dialog');
  await dialogButton(page, 'Copy').click();
  await page.locator('.page[data-state=succeeded]').waitFor();
  await camera.shoot('copy-done');
}
