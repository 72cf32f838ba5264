import type { Page } from '@playwright/test';
import { Putting } from '../../support/put-image.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { expect, test } from '../../support/window/app.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf } from '../../support/window/find-in-window.ts';

const settings = { STORAGE_DELETE_ENABLED: 'true' };
const row = (window: Page, tag: string) => window.getByRole('table', { name: 'Tags' }).getByRole('row', { name: tag, exact: true });
const rows = (window: Page) => window.getByRole('table', { name: 'Tags' }).locator('tbody').getByRole('row');

async function open(window: Page, address: string, repository: string): Promise<void> {
  await window.evaluate((place) => {
    location.hash = `#/browse/${encodeURIComponent(place)}`;
  }, `${address}/${repository}`);
  await expect(window.getByRole('heading', { name: repository, level: 2 })).toBeVisible();
}

test('chosen tags go, their siblings stay, and all comes back', async ({ window }) => {
  await using registry = await runRegistry({ tokens: { settings } });
  const shop = new Putting(registry.address, 'acme/shop');
  await shop.image(['1.0', 'stable', '1']);
  await shop.image(['0.9']);
  await open(window, registry.address, 'acme/shop');
  await expect(rows(window)).toHaveCount(4);
  await row(window, '1.0').getByRole('checkbox').check();
  await row(window, '0.9').getByRole('checkbox').check();
  await window.getByRole('toolbar', { name: 'Selected tags' }).getByRole('button', { name: 'Remove…' }).click();
  const dialog = dialogOf(window);
  await expect(dialog.getByRole('list', { name: 'To be removed' }).getByRole('listitem')).toHaveCount(2);
  await expect(dialog).toContainText('The image stays as');
  await expect(dialog).toContainText('The image goes with its last tag.');
  await expect(dialog).toContainText('It isn’t on your engine, so it may be gone for good.');
  await expectNoViolations(window);
  await dialog.getByRole('radio', { name: 'The images, with all their tags' }).check();
  await expect(dialog.getByRole('button', { name: 'Remove 4 tags' })).toBeEnabled();
  await dialog.getByRole('radio', { name: 'Just these tags' }).check();
  await dialog.getByRole('button', { name: 'Remove 2 tags' }).click();
  await expect(window.getByText(/2\stags removed: /)).toBeVisible();
  await expect(rows(window)).toHaveCount(2);
  expect((await registry.tagsOf('acme/shop')).sort()).toEqual(['1', 'stable']);
  await expectNoViolations(window);
  await window.getByRole('button', { name: 'Put them back' }).click();
  await expect(window.getByText(/2\stags put back/)).toBeVisible();
  await expect(rows(window)).toHaveCount(4);
  expect((await registry.tagsOf('acme/shop')).sort()).toEqual(['0.9', '1', '1.0', 'stable']);
});

test('old tags are found by a rule, and asked about before they go', async ({ window }) => {
  await using registry = await runRegistry({ tokens: { settings } });
  const app = new Putting(registry.address, 'app');
  const at = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  for (const days of [1, 40, 50]) await app.image([`nightly-${days}`], { created: at(days) });
  await app.image(['v1'], { created: at(400) });
  await open(window, registry.address, 'app');
  await window.getByRole('button', { name: 'Old tags…' }).click();
  await dialogOf(window).getByLabel('Newest images to keep').fill('');
  await dialogOf(window).getByLabel('Older than so many days').fill('30');
  await dialogOf(window).getByLabel('Named').fill('nightly-*');
  await dialogOf(window).getByRole('button', { name: 'Find them' }).click();
  await expect(dialogOf(window).getByRole('list', { name: 'Old tags' }).getByRole('listitem')).toHaveCount(2);
  await expectNoViolations(window);
  await dialogOf(window).getByRole('checkbox', { name: 'nightly-40' }).uncheck();
  await dialogOf(window)
    .getByRole('button', { name: /Go on with 1\stag…/ })
    .click();
  await expect(dialogOf(window)).toContainText('Remove the tag nightly-50 from app?');
  await dialogOf(window).getByRole('button', { name: 'Remove 1 tag' }).click();
  await expect(window.getByText(/1\stag removed: nightly-50/)).toBeVisible();
  expect((await registry.tagsOf('app')).sort()).toEqual(['nightly-1', 'nightly-40', 'v1']);
});

test('a registry that lets nothing go says so, by keyboard as well', async ({ window }) => {
  await using registry = await runRegistry();
  await new Putting(registry.address, 'app').image(['1']);
  await open(window, registry.address, 'app');
  await row(window, '1').focus();
  await window.keyboard.press('Delete');
  await expect(dialogOf(window)).toContainText('doesn’t let anything be removed');
  await expect(dialogOf(window).getByRole('button', { name: /^Remove/ })).toHaveCount(0);
  await window.keyboard.press('Escape');
  await expect(row(window, '1')).toBeFocused();
});
