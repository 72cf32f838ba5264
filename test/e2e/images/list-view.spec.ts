import type { Page } from '@playwright/test';
import { makeRandomImage } from '../../support/random-image.ts';
import { expect, test } from '../../support/window/app.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { openImage, rowOf, rowsIn, search } from '../../support/window/find-in-window.ts';
import { closeApp } from '../../support/window/kept-app.ts';
import { archiveOf } from '../../support/window/made-images.ts';
import { ownName, tellsTimeOfNames } from '../../support/window/own-engine.ts';

const namesShown = (window: Page): Promise<(string | null)[]> =>
  rowsIn(window).evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label')));

async function choose(window: Page, menu: 'Filter' | 'View', item: string): Promise<void> {
  await window.getByRole('button', { name: menu, exact: true }).click();
  await window.getByRole('menuitemcheckbox', { name: item, exact: true }).click();
  if (menu === 'View') await window.keyboard.press('Escape');
  await expect(window.getByRole('menu')).toHaveCount(0);
}

test('the list is narrowed to what is large, to one repository, and shows all again', async ({ engine, window }) => {
  const made = [
    ['e2e-narrow/a:1', 150_000_000],
    ['e2e-narrow/a:2', 1000],
    ['e2e-narrow/b:1', 150_000_000],
  ] as const;
  const images = made.map(([reference, bytes]) => ({ reference, bytes, createdAt: new Date(Date.UTC(2020, 0, 1)) }));
  await engine.docker(['load'], { input: await archiveOf(images) });
  await search(window, 'e2e-narrow');
  await expect(rowsIn(window)).toHaveCount(3);
  await choose(window, 'Filter', '100 MB');
  await expect.poll(() => namesShown(window)).toEqual(['e2e-narrow/a:1', 'e2e-narrow/b:1'].map(ownName));
  await window.getByRole('button', { name: 'Filter', exact: true }).click();
  await window.getByRole('menuitem', { name: 'Of one repository' }).hover();
  await window.getByRole('menuitemcheckbox', { name: ownName('e2e-narrow/b:1').replace(/:1$/, '') }).click();
  await expect.poll(() => namesShown(window)).toEqual([ownName('e2e-narrow/b:1')]);
  await expectNoViolations(window);
  await window.getByRole('button', { name: /^Over 100 MB: show the others/ }).click();
  await expect(rowsIn(window)).toHaveCount(1);
  await window.getByRole('button', { name: /b: show the others/ }).click();
  await expect(rowsIn(window)).toHaveCount(3);
});

test('images that were not used for long are found, and what a container uses is not among them', async ({ engine, window }) => {
  // only a name that was given just now tells that it is not old
  const old = { bytes: 1000, createdAt: new Date(Date.UTC(2020, 0, 1)) };
  await engine.docker(['load'], { input: await archiveOf([{ ...old, reference: 'e2e-unused:1' }]) });
  await search(window, 'e2e-unused');
  await choose(window, 'View', 'Last used');
  await expect(rowOf(window, 'e2e-unused:1')).toContainText(/ago|just now|not known|now/);
  await choose(window, 'Filter', 'a month');
  await expect(rowsIn(window)).toHaveCount(tellsTimeOfNames ? 0 : 1);
  await window.getByRole('button', { name: /^Not used for a month/ }).click();
  await expect(rowsIn(window)).toHaveCount(1);
  await choose(window, 'View', 'Last used');
});

test('grouped by repository, a heading folds and selects what is under it, with the keyboard as well', async ({ engine, window }) => {
  for (const name of ['e2e-group/one:1', 'e2e-group/one:2', 'e2e-group/two:1']) await makeRandomImage(engine.host, name, 2_000_000);
  await search(window, 'e2e-group');
  await choose(window, 'View', 'Group by repository');
  const [one, two] = ['e2e-group/one', 'e2e-group/two'].map((name) => ownName(`${name}:1`).replace(/:1$/, ''));
  const heading = (name = '', number = '') => window.getByRole('row', { name: new RegExp(`^${name}, ${number}`) });
  await expect(heading(one, '2.images')).toBeVisible();
  await expect(rowsIn(window)).toHaveCount(5);
  await expectNoViolations(window);
  await window.getByRole('button', { name: one, exact: true }).click();
  await expect(rowsIn(window)).toHaveCount(3);
  await heading(one).focus();
  await window.keyboard.press('ArrowRight');
  await expect(rowsIn(window)).toHaveCount(5);
  await window.keyboard.press('Space');
  const bar = window.getByRole('toolbar', { name: 'Selected images' });
  await expect(bar).toContainText('2 selected');
  // what both have and no other image
  await expect(bar).toContainText(/[48]\.\d\d?\sMB only theirs/);
  await window.keyboard.press('Escape');
  await heading(two).focus();
  await window.keyboard.press('ArrowDown');
  await expect(rowOf(window, 'e2e-group/two:1')).toBeFocused();
  await choose(window, 'View', 'Group by repository');
  await expect(rowsIn(window)).toHaveCount(3);
});

test('columns are chosen, sorted by, and still there after a restart', async ({ engine, folder, launch }) => {
  await makeRandomImage(engine.host, 'e2e-columns:1', 3_000_000);
  const app = await launch();
  const window = await app.firstWindow();
  await search(window, 'e2e-columns');
  await choose(window, 'View', 'Only here');
  await choose(window, 'View', 'Notes');
  await expect(window.getByRole('columnheader', { name: 'Notes' })).toHaveCount(0);
  await expect(rowOf(window, 'e2e-columns:1')).toContainText(/3\.\d\d?\sMB.*3\.\d\d?\sMB/);
  await window.getByRole('columnheader', { name: 'Only here' }).getByRole('button').click();
  await expect(window.getByRole('columnheader', { name: 'Only here' })).toHaveAttribute('aria-sort', 'descending');
  await closeApp(app);
  const again = await (await launch({ home: folder })).firstWindow();
  await expect(again.getByRole('columnheader', { name: 'Only here' })).toBeVisible();
  await expect(again.getByRole('columnheader', { name: 'Notes' })).toHaveCount(0);
});

test('the steps that the classic builder made images from are shown on request', async ({ engine, window }) => {
  const dockerfile = `FROM layerdeck/base:1\nRUN echo ${Math.random()} > /one\nRUN echo two > /two\n`;
  await engine.docker(['build', '--quiet', '--tag', 'e2e-steps:1', '-'], { input: dockerfile, env: { DOCKER_BUILDKIT: '0' } });
  // Podman names it by the bare digits
  const before = (await engine.docker(['inspect', '--format', '{{.Parent}}', 'e2e-steps:1']))
    .trim()
    .replace(/^sha256:/, '')
    .slice(0, 12);
  expect(before).not.toBe('');
  await expect(rowOf(window, 'e2e-steps:1')).toBeVisible();
  await choose(window, 'Filter', 'Show the steps of builds');
  await search(window, before);
  const row = rowOf(window, `step ${before}`);
  await expect(row).toContainText('A step that others were made from');
  await expect(row.getByRole('checkbox')).toHaveCount(0);
  await row.getByRole('link').click();
  await expect(window.getByRole('heading', { level: 1 })).toContainText('Untagged image');
  await window.goBack();
  await window.getByRole('button', { name: /^With the steps of builds/ }).click();
  await expect(row).toHaveCount(0);
});

test('everything that the engine says is a tree that opens, is searched and copied', async ({ app, engine, window }) => {
  await engine.docker(['build', '--quiet', '--tag', 'e2e-inspect:1', '-'], {
    input: 'FROM layerdeck/base:1\nENV GREETING="well met"\nLABEL "odd‮name"=yes\n',
  });
  await openImage(window, 'e2e-inspect:1', 'Inspect');
  const tree = window.getByRole('tree', { name: 'What the engine says' });
  await expect(tree.getByRole('treeitem', { name: /^Id sha256:/ })).toBeVisible();
  await window.getByRole('searchbox', { name: 'Search in what the engine says' }).fill('greeting met');
  await expect(tree.getByRole('treeitem', { name: 'GREETING=well met' }).last()).toBeVisible();
  await expect(window.getByText(/^[12] found$/)).toBeVisible();
  await expectNoViolations(window);
  await window.getByRole('searchbox', { name: 'Search in what the engine says' }).fill('');
  await tree.focus();
  await window.keyboard.press('Home');
  const config = tree.getByRole('treeitem', { name: /^Config/ });
  for (let at = 0; at < 40 && (await config.getAttribute('aria-selected')) !== 'true'; at++) await window.keyboard.press('ArrowDown');
  await window.keyboard.press('ArrowRight');
  await expect(config).toHaveAttribute('aria-expanded', 'true');
  await window.getByRole('button', { name: 'Copy as JSON' }).click();
  const copied = () => app.evaluate(({ clipboard }) => clipboard.readText());
  await expect.poll(copied).toContain('GREETING');
  expect(JSON.parse(await copied())).toMatchObject({ Config: { Env: expect.arrayContaining(['GREETING=well met']) } });
});
