import type { Page } from '@playwright/test';
import { Putting } from '../../support/put-image.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { expect, test } from '../../support/window/app.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf } from '../../support/window/find-in-window.ts';

const settings = { STORAGE_DELETE_ENABLED: 'true' };
const rows = (window: Page) => window.getByRole('table', { name: 'Tags' }).locator('tbody').getByRole('row');
const row = (window: Page, tag: string) => window.getByRole('table', { name: 'Tags' }).getByRole('row', { name: tag, exact: true });
const entries = (window: Page) => dialogOf(window).getByRole('list', { name: 'Platforms' }).getByRole('listitem');

async function open(window: Page, address: string, repository: string): Promise<void> {
  await window.evaluate((place) => {
    location.hash = `#/browse/${encodeURIComponent(place)}`;
  }, `${address}/${repository}`);
  await expect(window.getByRole('heading', { name: repository, level: 2 })).toBeVisible();
}

test('chosen tags become a list, with one of the engine, and the name goes back', async ({ window, engine }) => {
  await using registry = await runRegistry({ tokens: { settings } });
  const shop = new Putting(registry.address, 'acme/shop');
  const before = await shop.image(['1', '1-arm64-old'], { platform: 'linux/arm64' });
  await shop.image(['1-arm64'], { platform: 'linux/arm64/v8', size: 40_000 });
  await makeRandomImage(engine.host, 'shop-here:1', 50_000);
  await open(window, registry.address, 'acme/shop');
  await expect(rows(window)).toHaveCount(3);
  for (const tag of ['1-arm64', '1-arm64-old']) await row(window, tag).getByRole('checkbox').check();
  await window.getByRole('toolbar', { name: 'Selected tags' }).getByRole('button', { name: 'Put together…' }).click();
  const dialog = dialogOf(window);
  await expect(entries(window)).toHaveCount(2);
  await expect(dialog).toContainText('Several images are for linux/arm64');
  await expect(dialog.getByRole('button', { name: /^Put together/ })).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Name of the list' }).fill(`${registry.address}/acme/shop:1`);
  await expect(dialog).toContainText('and moves from there');
  await dialog.getByLabel('Add an image').fill('shop-here:1');
  await dialog.getByRole('button', { name: 'From the engine' }).click();
  await expect(entries(window)).toHaveCount(3);
  await expect(entries(window).nth(2)).toContainText('your engine pushes it as 1-amd64');
  await dialog.getByRole('checkbox', { name: 'linux/arm64', exact: true }).uncheck();
  await expectNoViolations(window);
  await dialog.getByRole('button', { name: /Put together 2\splatforms/ }).click();
  await expect(window.getByText(/has 2\splatforms now: /)).toBeVisible();
  await expect(row(window, '1')).toContainText('several platforms');
  await expect(rows(window)).toHaveCount(4);
  await expectNoViolations(window);
  await window.getByRole('button', { name: 'Move it back' }).click();
  await expect(row(window, '1')).toContainText(before.slice(7, 19));
  expect(await registry.digestOf('acme/shop', '1')).toBe(before);
});

test('a list is taken apart into tags of its platforms, which go again', async ({ window }) => {
  await using registry = await runRegistry({ tokens: { settings } });
  const app = new Putting(registry.address, 'acme/app');
  await app.list(['2.0'], ['linux/amd64', 'linux/arm64', 'linux/arm/v7']);
  const other = await app.image(['2.0-arm64']);
  await open(window, registry.address, 'acme/app');
  await expect(row(window, '2.0')).toContainText('several platforms');
  await row(window, '2.0').getByRole('button', { name: 'Actions for 2.0' }).click();
  await window.getByRole('menuitem', { name: 'Take the list apart…' }).click();
  const dialog = dialogOf(window);
  await expect(entries(window)).toHaveCount(3);
  await expect(dialog.getByRole('textbox', { name: 'Tag for linux/amd64' })).toHaveValue('2.0-amd64');
  await expect(entries(window).nth(1)).toContainText('and moves from there');
  await dialog.getByRole('checkbox', { name: /^linux\/arm64/ }).uncheck();
  await dialog.getByRole('textbox', { name: 'Tag for linux/arm/v7' }).fill('2.0-pi');
  await expect(entries(window).nth(2)).toContainText('A new tag.');
  await expectNoViolations(window);
  await dialog.getByRole('button', { name: /Put 2\stags/ }).click();
  await expect(window.getByText(/2\stags put: 2.0-amd64 and 2.0-pi/)).toBeVisible();
  await expect(rows(window)).toHaveCount(4);
  expect(await registry.digestOf('acme/app', '2.0-arm64')).toBe(other);
  await window.getByRole('button', { name: 'Remove them again…' }).click();
  await dialogOf(window)
    .getByRole('button', { name: /Remove 2\stags/ })
    .click();
  await expect(rows(window)).toHaveCount(2);
  expect((await registry.tagsOf('acme/app')).sort()).toEqual(['2.0', '2.0-arm64']);
});
