import type { Page } from '@playwright/test';
import { addImage } from '../../support/browsed-registry.ts';
import { startFakeRegistry } from '../../support/fake-registry.ts';
import { Putting } from '../../support/put-image.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { expect, test } from '../../support/window/app.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf, showPage } from '../../support/window/find-in-window.ts';

const row = (window: Page, tag: string) => window.getByRole('table', { name: 'Tags' }).getByRole('row', { name: tag, exact: true });
const repositories = (window: Page) => window.getByRole('list', { name: 'Repositories' });
const aside = (window: Page, tag: string) => window.getByRole('complementary', { name: `The tag ${tag}` });

/** Opens a registry by its address, as somebody types it. */
async function lookInto(window: Page, address: string, repository?: string): Promise<void> {
  await showPage(window, 'Registry');
  await window.getByLabel('Another registry').fill(address);
  await window.getByRole('button', { name: 'Look into it' }).click();
  await expect(window.getByRole('heading', { name: address, level: 1 })).toBeVisible();
  if (repository !== undefined) await repositories(window).getByRole('link', { name: repository, exact: true }).click();
}

test('any registry is looked into: repositories, tags, and what is under them', async ({ app, window }) => {
  await using registry = await runRegistry();
  const { address } = registry;
  const shop = new Putting(address, 'acme/shop');
  const digest = await shop.image(['1.0', 'stable'], { created: '2026-11-02T10:00:00Z', size: 40_000 });
  await shop.list(['1.10'], ['linux/amd64', 'linux/arm64', 'linux/arm/v7']);
  await shop.image([`${digest.replace(':', '-')}.sig`]);
  await new Putting(address, 'tools').image(['1']);
  await lookInto(window, address);
  await expect(repositories(window).getByRole('listitem')).toHaveText(['acme/shop', 'tools']);
  await expect(window.getByText('Choose a repository to see its tags.')).toBeVisible();
  await repositories(window).getByRole('link', { name: 'acme/shop' }).click();

  // by size and back: what is under every tag is asked for first
  const order = () => window.getByRole('table', { name: 'Tags' }).locator('tbody').getByRole('row');
  await window.getByRole('button', { name: 'Size', exact: true }).click();
  await expect(window.getByRole('columnheader', { name: 'Size' })).toHaveAttribute('aria-sort', 'descending');
  await expect(order().last()).toHaveAccessibleName('1.10');
  await window.getByRole('button', { name: 'Size', exact: true }).click();
  await expect(order().first()).toHaveAccessibleName('1.10');
  await expectNoViolations(window);
  await window.getByRole('button', { name: 'Tag', exact: true }).click();
  // names first, then the highest version; what is about another image is tucked away
  await expect(window.getByRole('table', { name: 'Tags' }).getByRole('row')).toHaveCount(4);
  await expect(row(window, 'stable')).toContainText(`${digest.slice(7, 19)} · same as 1.0`);
  await expect(row(window, '1.0')).toContainText('signed');
  await expect(row(window, '1.0')).toContainText('Not here');
  await expect(row(window, '1.10')).toContainText('several platforms');
  await expect(row(window, '1.10')).toContainText('amd64, arm64 +1');
  expect(
    await window
      .getByRole('table', { name: 'Tags' })
      .getByRole('row')
      .evaluateAll((rows) => rows.map((one) => one.ariaLabel)),
  ).toEqual([null, 'stable', '1.10', '1.0']);
  await window.getByRole('checkbox', { name: /signatures and statements/ }).check();
  await expect(window.getByRole('table', { name: 'Tags' }).getByRole('row')).toHaveCount(5);

  // by keyboard: down to the last of the three, and opened
  await row(window, 'stable').focus();
  await window.keyboard.press('ArrowDown');
  await window.keyboard.press('ArrowDown');
  await expect(row(window, '1.0')).toBeFocused();
  await window.keyboard.press('Enter');
  await expect(aside(window, '1.0')).toContainText('2 Nov 2026');
  await expect(aside(window, '1.0')).toContainText('COPY random /random');
  await expect(aside(window, '1.0')).toContainText('Same imagestable');
  await expectNoViolations(window);
  await aside(window, '1.0').getByRole('button', { name: 'Copy for Kubernetes' }).click();
  await expect
    .poll(() => app.evaluate(({ clipboard }) => clipboard.readText()))
    .toBe(`containers:\n  - name: shop\n    image: ${address}/acme/shop:1.0`);
  await aside(window, '1.0').getByRole('button', { name: 'Get…' }).click();
  await expect(dialogOf(window).getByLabel('Name and tag')).toHaveValue(`${address}/acme/shop:1.0`);
  await window.keyboard.press('Escape');

  await window.getByRole('searchbox', { name: 'Find a tag' }).fill('.10');
  await expect(window.getByRole('table', { name: 'Tags' }).getByRole('row')).toHaveCount(2);
  await row(window, '1.10').getByRole('button', { name: 'Actions for 1.10' }).click();
  await window.getByRole('menuitem', { name: 'Look at its files' }).click();
  await expect(window.getByRole('heading', { name: `${address}/acme/shop:1.10` })).toBeVisible();
});

test('tags of one image stand in one row, and are selected, dragged and removed together', async ({ window }) => {
  await using registry = await runRegistry({ tokens: { settings: { STORAGE_DELETE_ENABLED: 'true' } } });
  const shop = new Putting(registry.address, 'acme/shop');
  await shop.image(['1.1', '1.1.3', 'stable', 'latest', 'autumn', 'prod']);
  await shop.image(['1.0']);
  await lookInto(window, registry.address, 'acme/shop');
  const table = window.getByRole('table', { name: 'Tags' });
  await expect(table.getByRole('row')).toHaveCount(8);
  await window.getByRole('checkbox', { name: 'One row for each image' }).check();
  await expect(table.getByRole('row')).toHaveCount(3);
  const image = table.getByRole('row').nth(1);
  for (const tag of ['1.1', '1.1.3', 'stable', 'latest', 'autumn', 'prod'])
    await expect(image).toHaveAccessibleName(new RegExp(`(^|, )${tag}(,|$)`));
  await expect(image).toContainText('+3');
  await expect(image).not.toContainText('same as');
  await expectNoViolations(window);
  await image.getByRole('checkbox').check();
  await expect(window.getByRole('toolbar', { name: 'Selected tags' })).toContainText('1 image, 6 tags');
  await window.getByRole('searchbox', { name: 'Find a tag' }).fill('1.1');
  await expect(image).toHaveAccessibleName('1.1.3, 1.1');
  await expect(image).toContainText(/same as .* and /);
  await window.getByRole('searchbox', { name: 'Find a tag' }).fill('');
  await image.press('Delete');
  await expect(dialogOf(window)).toContainText('6 tags');
  await dialogOf(window).getByRole('button', { name: 'Remove 6 tags' }).click();
  await expect(table.getByRole('row')).toHaveCount(2);
  await expect(row(window, '1.0')).toBeVisible();
});

test('what the engine has is compared with what the registry has', async ({ engine, window }) => {
  await using registry = await runRegistry();
  const { address } = registry;
  const app = new Putting(address, 'here/app');
  await app.image(['same', 'moved'], { created: '2026-10-01T10:00:00Z' });
  await app.image(['other']);
  for (const tag of ['same', 'moved']) await engine.docker(['pull', '--quiet', `${address}/here/app:${tag}`]);
  await app.image(['moved'], { created: '2026-11-01T10:00:00Z' });
  await lookInto(window, address, 'here/app');
  await expect(row(window, 'same')).toContainText('You have this one');
  await expect(row(window, 'moved')).toContainText('You have an older one');
  await expect(row(window, 'other')).toContainText('Not here');
  await engine.docker(['rmi', `${address}/here/app:same`, `${address}/here/app:moved`]);
  await expect(row(window, 'same')).toContainText('Not here');
});

test('what is broken in a registry takes nothing else out of sight', async ({ window }) => {
  using fake = await startFakeRegistry(({ path }) => {
    if (path === '/v2/_catalog') return { status: 200, body: JSON.stringify({ repositories: ['broken', 'good', 'No Name'] }) };
    if (path === '/v2/broken/tags/list') return { status: 500 };
    return path === '/v2/good/manifests/ill' ? { status: 200, body: '<html>' } : undefined;
  });
  addImage(fake.registry, 'good', 'well');
  addImage(fake.registry, 'good', 'ill');
  await lookInto(window, fake.address, 'broken');
  await expect(window.getByRole('alert')).toContainText('had an error of its own');
  await expect(window.getByRole('status').first()).toContainText('2 repositories, without 1 name that no image can have');
  await expectNoViolations(window);
  await repositories(window).getByRole('link', { name: 'good' }).click();
  await expect(row(window, 'well')).toContainText('amd64');
  await expect(row(window, 'ill')).toContainText('doesn’t answer like an image registry');
});

test('a registry that gives no list shows a repository that is typed', async ({ window }) => {
  using fake = await startFakeRegistry(({ path }) => (path === '/v2/_catalog' ? { status: 403 } : undefined));
  addImage(fake.registry, 'team/app', '7');
  await lookInto(window, fake.address);
  await expect(window.getByRole('note')).toContainText('doesn’t list its repositories');
  await window.getByRole('searchbox', { name: 'Find or type a repository' }).fill('team/app');
  await window.getByRole('link', { name: 'Look into team/app' }).click();
  await expect(row(window, '7')).toContainText('amd64');
});

test('a repository whose first push was never finished isn’t called unknown', async ({ window }) => {
  await using registry = await runRegistry();
  await new Putting(registry.address, 'acme/half').blob('a layer', 'application/octet-stream');
  await new Putting(registry.address, 'acme/whole').image(['1']);
  await lookInto(window, registry.address, 'acme/half');
  await expect(window.getByRole('note')).toContainText('its first push never came to an end');
  await expectNoViolations(window);
  // one that was only typed is still said to be unknown
  await window.getByRole('searchbox', { name: 'Find or type a repository' }).fill('acme/nowhere');
  await window.getByRole('link', { name: 'Look into acme/nowhere' }).click();
  await expect(window.getByRole('note')).toContainText('The registry has no repository with this name');
});
