import type { Page } from '@playwright/test';
import { makeRandomImage } from '../../support/random-image.ts';
import { expect, test } from '../../support/window/app.ts';
import { dialogOf, rowOf, rowsIn, search } from '../../support/window/find-in-window.ts';
import { archiveOf } from '../../support/window/made-images.ts';
import { allImageIds, imageId } from '../../support/window/read-engine.ts';

const namesShown = (window: Page): Promise<(string | null)[]> =>
  rowsIn(window).evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label')));

test('each image has one row, with all its names and its size', async ({ engine, window }) => {
  await makeRandomImage(engine.host, 'e2e-row:1', 2_000_000);
  await engine.docker(['tag', 'e2e-row:1', 'e2e-row:two']);
  await engine.docker(['tag', 'e2e-row:1', 'elsewhere/e2e-row:three']);
  await search(window, 'e2e-row');
  await expect(rowsIn(window)).toHaveCount(1);
  for (const text of ['e2e-row', 'two', 'elsewhere/e2e-row', 'three', /2\.0\sMB/]) await expect(rowsIn(window)).toContainText(text);
  expect(await rowsIn(window).getAttribute('data-id')).toBe(await imageId(engine, 'e2e-row:1'));
});

test('an image that a container uses and one that lost its name are marked', async ({ engine, window }) => {
  await makeRandomImage(engine.host, 'e2e-marks:1', 1000);
  const replaced = await imageId(engine, 'e2e-marks:1');
  await makeRandomImage(engine.host, 'e2e-marks:1', 1000);
  await engine.docker(['create', '--name', 'e2e-user', 'e2e-marks:1', 'x']);
  await expect(rowOf(window, 'e2e-marks:1')).toContainText('In use by e2e-user');
  await expect(rowOf(window, `untagged image ${replaced.slice(7, 19)}`)).toContainText('Untagged');

  await window.getByRole('button', { name: /^Untagged/ }).click();
  // other tests may have left some, too
  await expect.poll(async () => (await namesShown(window)).every((name) => /^untagged image|@sha256:/.test(name ?? ''))).toBe(true);
  expect(await namesShown(window)).toContain(`untagged image ${replaced.slice(7, 19)}`);
  await window.getByRole('button', { name: /^In use/ }).click();
  await expect(window.getByRole('button', { name: /^In use/, pressed: true })).toContainText(/[1-9]/);
  // containers of other tests may be left, too
  await search(window, 'e2e-marks');
  await expect.poll(() => namesShown(window)).toEqual(['e2e-marks:1']);
  await engine.docker(['rm', 'e2e-user']);
  await expect(rowOf(window, 'e2e-marks:1')).toHaveCount(0);
  await engine.docker(['rmi', replaced]);
});

test('what the docker command makes and removes shows by itself', async ({ engine, window }) => {
  const before = await rowsIn(window).count();
  await engine.docker(['build', '--quiet', '--tag', 'e2e-cli:1', '-'], { input: `FROM layerdeck/base:1\nLABEL made=${Math.random()}\n` });
  await expect(rowOf(window, 'e2e-cli:1')).toBeVisible();
  await engine.docker(['rmi', 'e2e-cli:1']);
  await expect(rowOf(window, 'e2e-cli:1')).toHaveCount(0);
  await expect(rowsIn(window)).toHaveCount(before);
});

test('the search finds by every word of name, tag and id, and says when nothing matches', async ({ engine, window }) => {
  await makeRandomImage(engine.host, 'e2e-search/app:green', 1000);
  await makeRandomImage(engine.host, 'e2e-search/app:blue', 1000);
  await search(window, 'blue e2e-search');
  await expect.poll(() => namesShown(window)).toEqual(['e2e-search/app:blue']);
  await search(window, (await imageId(engine, 'e2e-search/app:green')).slice(7, 19));
  await expect.poll(() => namesShown(window)).toEqual(['e2e-search/app:green']);
  await search(window, 'nothing-has-this-name');
  await window.getByRole('button', { name: 'Show all images' }).click();
  await expect(window.getByRole('table', { name: 'Images' })).toHaveAttribute(
    'aria-rowcount',
    String((await allImageIds(engine)).length + 1),
  );
});

test('the list is sorted by name, size and time, both ways', async ({ engine, window }) => {
  const made = ['b', 'a', 'c'].map((tag, index) => ({
    reference: `e2e-sort:${tag}`,
    bytes: 300_000 - ((index * 2) % 3) * 100_000,
    createdAt: new Date(Date.UTC(2020, 0, index + 1)),
  }));
  await engine.docker(['load'], { input: await archiveOf(made) });
  await search(window, 'e2e-sort');
  for (const [column, first, order] of [
    ['Image', 'ascending', 'abc'],
    ['Size', 'descending', 'bca'],
    ['Created', 'descending', 'cab'],
  ] as const) {
    const header = window.getByRole('columnheader', { name: column });
    const expected = [...order].map((tag) => `e2e-sort:${tag}`);
    await header.getByRole('button').click();
    await expect(header).toHaveAttribute('aria-sort', first);
    await expect.poll(() => namesShown(window)).toEqual(expected);
    await header.getByRole('button').click();
    await expect(header).toHaveAttribute('aria-sort', first === 'ascending' ? 'descending' : 'ascending');
    await expect.poll(() => namesShown(window)).toEqual(expected.toReversed());
    await expect(window.locator('th[aria-sort$="ending"]')).toHaveCount(1);
  }
});

test('the list is used with the keyboard alone', async ({ engine, window }) => {
  const made = ['3', '2', '1'].map((tag) => ({
    reference: `e2e-keys:${tag}`,
    bytes: 1000,
    createdAt: new Date(Date.UTC(2020, 0, Number(tag))),
  }));
  await engine.docker(['load'], { input: await archiveOf(made) });
  await search(window, 'e2e-keys');
  await expect.poll(() => namesShown(window)).toEqual(['e2e-keys:3', 'e2e-keys:2', 'e2e-keys:1']);
  const row = (tag: string) => rowOf(window, `e2e-keys:${tag}`);
  await row('3').focus();
  await window.keyboard.press('ArrowDown');
  await expect(row('2')).toBeFocused();
  await window.keyboard.press('Space');
  await expect(row('2')).toHaveAttribute('aria-selected', 'true');
  await window.keyboard.press('Shift+ArrowDown');
  await expect(window.getByRole('toolbar', { name: 'Selected images' })).toContainText('2 selected');
  await window.keyboard.press('Escape');
  await expect(window.getByRole('toolbar', { name: 'Selected images' })).toHaveCount(0);

  await window.keyboard.press('Home');
  await expect(row('3')).toBeFocused();
  await window.keyboard.press('Delete');
  await expect(dialogOf(window)).toContainText('Remove e2e-keys:3?');
  await expect(dialogOf(window).getByRole('button', { name: 'Keep' })).toBeFocused();
  await window.keyboard.press('Escape');
  await expect(dialogOf(window)).toHaveCount(0);
  await expect(row('3')).toBeFocused();
  expect(await imageId(engine, 'e2e-keys:3')).not.toBe('');

  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { level: 1 })).toContainText('e2e-keys');
});
