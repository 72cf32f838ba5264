import { readFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { LicenceFile } from '../../../contract/licences.ts';
import { expect, test } from '../../support/window/app.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { showPage } from '../../support/window/find-in-window.ts';

const root = join(import.meta.dirname, '../../..');
const { own, packages } = LicenceFile.parse(JSON.parse(readFileSync(join(root, 'dist/licences.json'), 'utf8')));

const listOf = (window: Page) => window.getByRole('list', { name: 'Packages and their licences' });
const rowOf = (window: Page, name: string) => listOf(window).getByRole('button', { name });
const searchOf = (window: Page) => window.getByRole('searchbox', { name: 'Search packages' });
const textOf = (window: Page, name: string) => window.getByRole('region', { name: `Licence of ${name}` });

test('the app says its version and licence, and names every package in it', async ({ window }) => {
  await showPage(window, 'About');
  await expect(window.getByRole('heading', { name: 'About Layerdeck', level: 1 })).toBeVisible();
  await expect(window.getByRole('main')).toContainText(`Version ${own.version} · MIT licence`);
  await expect(textOf(window, `Layerdeck ${own.version}`)).toContainText(readFileSync(join(root, 'LICENSE'), 'utf8').trim());
  await expect(listOf(window).getByRole('button')).toHaveText(
    [own, ...packages].map(({ name, version, licence }) => `${name} ${version}${licence}`),
  );
  await expectNoViolations(window);
});

test('a package is found by a search, and its text is read and copied', async ({ app, window }) => {
  await showPage(window, 'About');
  await searchOf(window).fill('protobufjs bsd wirtz');
  await expect(window.getByRole('status').filter({ hasText: 'packages' })).toHaveText(/^\d+ of \d+\spackages$/);
  const react = packages.find(({ name }) => name === 'react');
  await searchOf(window).fill('react mit');
  await rowOf(window, `react ${react?.version}`).click();
  await expect(window.getByRole('heading', { name: `react ${react?.version}`, level: 2 })).toBeVisible();
  await window.getByRole('button', { name: 'Copy the text' }).click();
  await expect(window.getByText('Copied')).toBeVisible();
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe(`${react?.texts[0]?.text}\n`);
});

test('each version of a package has a row of its own', async ({ window }) => {
  await showPage(window, 'About');
  const versions = Map.groupBy(packages, ({ name }) => name);
  const [twice] = [...versions.values()].filter(({ length }) => length > 1);
  test.skip(!twice, 'every package is bundled in one version only');
  for (const { name, version } of twice ?? []) {
    await rowOf(window, `${name} ${version}`).click();
    await expect(textOf(window, `${name} ${version}`)).toBeVisible();
  }
});

test('if a package brings no text, a note says whose text is shown', async ({ window }) => {
  await showPage(window, 'About');
  await searchOf(window).fill('xz-decompress');
  await rowOf(window, 'xz-decompress').click();
  const text = textOf(window, 'xz-decompress');
  await expect(text.getByRole('note')).toContainText('brings no text of its licence. This is the standard text of MIT as SPDX keeps it');
  await expect(text).toContainText('Permission is hereby granted');
  await expectNoViolations(window);
});

test('the list is used with the keyboard alone', async ({ window }) => {
  await showPage(window, 'About');
  await searchOf(window).focus();
  await window.keyboard.press('ArrowDown');
  await expect(rowOf(window, `Layerdeck ${own.version}`)).toBeFocused();
  await window.keyboard.press('ArrowDown');
  const [first, second] = packages;
  await expect(rowOf(window, `${first?.name} ${first?.version}`)).toBeFocused();
  await expect(textOf(window, `${first?.name} ${first?.version}`)).toBeVisible();
  await window.keyboard.press('End');
  const last = packages.at(-1);
  await expect(rowOf(window, `${last?.name} ${last?.version}`)).toBeFocused();
  await expect(rowOf(window, `${last?.name} ${last?.version}`)).toBeInViewport();
  await window.keyboard.press('Home');
  await window.keyboard.press('ArrowDown');
  await window.keyboard.press('ArrowDown');
  await expect(textOf(window, `${second?.name} ${second?.version}`)).toBeVisible();
  await searchOf(window).fill('no package has this name');
  await expect(window.getByText('Nothing matches')).toBeVisible();
  await expectNoViolations(window);
  await searchOf(window).press('Escape');
  await expect(listOf(window).getByRole('button')).toHaveCount(packages.length + 1);
});

test('a list that cannot be read is explained, and appears once it can', async ({ launch }) => {
  const [file, away] = [join(root, 'dist/licences.json'), join(root, 'dist/licences.json.away')];
  const app = await launch();
  const window = await app.firstWindow();
  await rename(file, away);
  try {
    await showPage(window, 'About');
    await expect(window.getByRole('alert', { name: 'The list of licences can’t be read' })).toContainText('Install Layerdeck again');
    await expectNoViolations(window);
  } finally {
    await rename(away, file);
  }
  await window.getByRole('button', { name: 'Try again' }).click();
  await expect(listOf(window)).toBeVisible();
});

test('without an engine the list still opens through the search for anything', async ({ launch, folder }) => {
  const app = await launch({ host: `unix://${folder}/none.sock` });
  const window = await app.firstWindow();
  await window.getByRole('button', { name: 'Search or do anything' }).click();
  await window.getByRole('textbox', { name: 'Search' }).fill('open source');
  await window.keyboard.press('Enter');
  await expect(textOf(window, `Layerdeck ${own.version}`)).toBeVisible();
});
