import type { Engine } from '../../../tools/engine/engine.ts';
import { expect, test } from '../../support/window/app.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { fileAside, fileLine, fileTree, layerButtons, openFiles } from '../../support/window/files-in-window.ts';
import { openImage } from '../../support/window/find-in-window.ts';

const dockerfile = (own: string) => `FROM layerdeck/base:1
RUN mkdir -p /app/shop /app/old && echo ${own} > /app/shop/settings && echo gone > /app/old/banner && chmod 600 /app/shop/settings
RUN echo "${own} and two" > /app/shop/settings && rm /app/old/banner && echo new > /app/shop/added && ln -s settings /app/shop/link
`;

const build = (engine: Engine, own: string) =>
  engine.docker(['build', '--quiet', '--tag', `e2e-files-${own}:1`, '-'], { input: dockerfile(own) });

test('what has to be read is said, read once, and then there at once', async ({ engine, window }) => {
  await build(engine, 'once');
  await openImage(window, 'e2e-files-once:1', 'Files');
  await expect(window.getByText('Nothing is downloaded, and no container is made.')).toBeVisible();
  await expectNoViolations(window);
  await window.getByRole('button', { name: /^Read / }).click();
  await expect(fileLine(window, 'app')).toBeVisible();
  await expectNoViolations(window);
  await window.getByRole('tab', { name: 'Tags' }).click();
  await window.getByRole('tab', { name: 'Files' }).click();
  await expect(fileLine(window, 'app')).toBeVisible();
  await expect(window.getByRole('button', { name: /^Read / })).toHaveCount(0);
});

test('a layer shows what it added, changed and removed, and each place its life', async ({ engine, window }) => {
  await build(engine, 'life');
  await openFiles(window, 'e2e-files-life:1');
  // what it has from its base stands apart
  const fromBase = window.getByRole('list', { name: /^As in .*layerdeck\/base:1$/ });
  await expect(fromBase.getByRole('listitem')).toHaveCount(2);
  await layerButtons(window).nth(1).click();
  const tree = fileTree(window);
  // the layer has nothing but this folder, which therefore is open
  await expect(fileLine(window, 'app')).toHaveAttribute('aria-expanded', 'true');
  await fileLine(window, 'shop').dblclick();
  await expect(fileLine(window, 'settings')).toContainText('changed');
  await expect(fileLine(window, 'added')).toContainText('added');
  await fileLine(window, 'old').dblclick();
  await expect(fileLine(window, 'banner')).toContainText('removed');

  await window.getByRole('button', { name: /^Removed 1$/ }).click();
  await expect(fileLine(window, 'settings')).toHaveCount(0);
  await expect(fileLine(window, 'banner')).toBeVisible();
  await window.getByRole('button', { name: /^All/ }).click();

  await fileLine(window, 'settings').click();
  await expect(fileAside(window)).toContainText('/app/shop/settings');
  await expect(fileAside(window)).toContainText('Its owner can read it and change it');
  await expect(fileAside(window)).toContainText('-rw------- 600');
  await expect(fileAside(window)).toContainText('root (0)');
  const life = fileAside(window).getByRole('list', { name: 'What each layer did to it' }).getByRole('button');
  await expect(life).toHaveCount(2);
  await expect(life.nth(1)).toContainText(/Added with 5\sB/);
  await expect(life.nth(0)).toContainText(/Changed: 5\sB → 13\sB/);
  await expectNoViolations(window);

  await life.nth(1).click();
  await expect(layerButtons(window).nth(2)).toHaveAttribute('aria-pressed', 'true');
  await expect(fileLine(window, 'settings')).toContainText('added');
  await expect(fileLine(window, 'settings')).toHaveAttribute('aria-selected', 'true');
  await expect(tree.getByText('link', { exact: true })).toHaveCount(0);
});

test('the tree is gone through by keys, and its lines say where they stand', async ({ engine, window }) => {
  await build(engine, 'keys');
  await openFiles(window, 'e2e-files-keys:1');
  const tree = fileTree(window);
  const chosen = tree.getByRole('row', { selected: true });
  await tree.focus();
  await expect(chosen).toContainText('app');
  await expect(chosen).toHaveAttribute('aria-expanded', 'false');
  await expect(chosen).toHaveAttribute('aria-level', '1');
  await tree.press('ArrowRight');
  await expect(chosen).toHaveAttribute('aria-expanded', 'true');
  await tree.press('ArrowRight');
  await expect(chosen).toContainText('old');
  await expect(chosen).toHaveAttribute('aria-level', '2');
  await expect(chosen).toHaveAttribute('aria-posinset', '1');
  await expect(chosen).toHaveAttribute('aria-setsize', '2');
  await tree.press('ArrowDown');
  await tree.press('ArrowRight');
  await tree.press('s');
  await expect(chosen).toContainText('settings');
  await tree.press('ArrowLeft');
  await expect(chosen).toContainText('shop');
  await tree.press('ArrowLeft');
  await tree.press('ArrowLeft');
  await tree.press('ArrowLeft');
  await expect(chosen).toHaveAttribute('aria-expanded', 'false');
  await tree.press('End');
  const id = await chosen.getAttribute('id');
  await expect(tree).toHaveAttribute('aria-activedescendant', id ?? '');
  await expect(chosen).toContainText('var');
  await tree.press('Home');
  await expect(chosen).toContainText('app');
});

test('files are found by a part of their name, and sorted by size', async ({ engine, window }) => {
  await build(engine, 'found');
  await openFiles(window, 'e2e-files-found:1');
  await window.getByRole('searchbox', { name: 'Find a file in the image' }).fill('SETT');
  await expect(fileTree(window).getByRole('row')).toHaveCount(2);
  await expect(fileLine(window, 'settings')).toContainText('/app/shop');
  await fileLine(window, 'settings').click();
  await window.getByRole('searchbox', { name: 'Find a file in the image' }).fill('');
  // the tree opens where it is
  await expect(fileTree(window).getByRole('row', { selected: true })).toHaveAttribute('aria-level', '3');
  await window.getByRole('searchbox', { name: 'Find a file in the image' }).fill('no such name');
  await expect(window.getByText('Nothing here has “no such name” in its name.')).toBeVisible();
  await window.getByRole('searchbox', { name: 'Find a file in the image' }).fill('');
  await window.getByRole('button', { name: 'Size', exact: true }).click();
  await expect(window.getByRole('columnheader', { name: 'Size' })).toHaveAttribute('aria-sort', 'descending');
  // the base is one big program
  await expect(fileTree(window).getByRole('row').nth(1)).toContainText('bin');
});
