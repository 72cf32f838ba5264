import type { Page } from '@playwright/test';
import type { Engine } from '../../../tools/engine/engine.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { expect, test } from '../../support/window/app.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { showPage } from '../../support/window/find-in-window.ts';
import { imageId } from '../../support/window/read-engine.ts';

const line = (window: Page, tag: string) => window.getByRole('list', { name: 'Tags over time' }).getByRole('listitem', { name: tag });
const card = (window: Page, tag: string) => window.getByRole('region', { name: `${tag} at that time` });

/** `latest` was one image, and is another now; the page of the tags shows it. */
async function moveLatest(engine: Engine, window: Page, repository: string): Promise<[was: string, is: string]> {
  for (const version of ['1.0', '1.1']) await makeRandomImage(engine.host, `${repository}:${version}`, 2000);
  await engine.docker(['tag', `${repository}:1.0`, `${repository}:latest`]);
  await engine.docker(['tag', `${repository}:1.1`, `${repository}:latest`]);
  await window.keyboard.press('Control+K');
  await window.getByRole('textbox', { name: 'Search' }).fill('tags over time');
  await window.keyboard.press('Enter');
  await window.getByRole('link', { name: new RegExp(`${repository}\\b.*3\\stags`) }).click();
  await expect(line(window, 'latest')).toContainText('moved once');
  return [await imageId(engine, `${repository}:1.0`), await imageId(engine, `${repository}:1.1`)];
}

test('a tag is made what it was before, and moved back again', async ({ engine, window }) => {
  const [was, is] = await moveLatest(engine, window, 'e2e-moves-back');
  await expectNoViolations(window);
  // both moves were made within a moment: the later one comes first
  await line(window, 'latest').getByRole('button').last().click();
  await card(window, 'latest').getByRole('button', { name: 'Earlier' }).click();
  await expect(card(window, 'latest')).toContainText(/latest was 1\.0 until/);
  await expect(card(window, 'latest')).toContainText('It keeps its 1\u00a0other name');
  await card(window, 'latest').getByRole('button', { name: 'Compare the two' }).click();
  await expect(window.getByRole('heading', { level: 1 })).toContainText(/latest 1\.[01]/);
  await window.goBack();
  await line(window, 'latest').getByRole('button').last().click();
  await card(window, 'latest').getByRole('button', { name: 'Earlier' }).click();
  await expectNoViolations(window);
  await card(window, 'latest')
    .getByRole('button', { name: /^Make latest what it was today at/ })
    .click();
  await expect(window.getByRole('status').getByText(/^latest is \w+ again$/)).toBeVisible();
  expect(await imageId(engine, 'e2e-moves-back:latest')).toBe(was);
  await window.getByRole('button', { name: 'Move it back' }).click();
  await expect.poll(() => imageId(engine, 'e2e-moves-back:latest')).toBe(is);
  await expect(line(window, 'latest')).toContainText(/3\smoves/);
});

test('the keys lead along a line and between lines; the list says the same in words', async ({ engine, window }) => {
  await moveLatest(engine, window, 'e2e-moves-keys');
  await line(window, 'latest').getByRole('button').first().focus();
  await window.keyboard.press('End');
  await window.keyboard.press('Enter');
  await expect(card(window, 'latest')).toContainText('latest is 1.1');
  await card(window, 'latest').getByRole('button', { name: 'Earlier' }).click();
  await expect(card(window, 'latest')).toContainText('latest was 1.0');
  await line(window, 'latest').getByRole('button').first().focus();
  await window.keyboard.press('Escape');
  await expect(card(window, 'latest')).toBeHidden();
  await window.keyboard.press('ArrowDown');
  await expect(window.locator(':focus')).toHaveAccessibleName(/^1\.1: /);
  await window.getByRole('group', { name: 'How it is shown' }).getByRole('button', { name: 'List' }).click();
  const rows = window.getByRole('table', { name: 'Moves of tags' }).getByRole('row', { name: /^latest/ });
  await expect(rows.first()).toContainText(/Today at .*1\.0.*1\.1/);
  await expectNoViolations(window);
});

test('what is remembered can be forgotten, and the page says since when it remembers', async ({ engine, window }) => {
  await moveLatest(engine, window, 'e2e-moves-forget');
  await expect(window.getByText(/Moves are remembered since \d/)).toBeVisible();
  await window.getByRole('button', { name: 'Memory…' }).click();
  await expectNoViolations(window);
  await window.getByRole('button', { name: 'Forget everything now' }).click();
  await expect(line(window, 'latest')).toContainText('never moved');
});

test('a registry’s tag is made what it was before, and moved back', async ({ engine, window }) => {
  await using registry = await runRegistry();
  const name = `${registry.address}/e2e-moves/there`;
  await makeRandomImage(engine.host, `${name}:latest`, 2000);
  await engine.docker(['push', `${name}:latest`]);
  const was = (await registry.digestOf('e2e-moves/there', 'latest')) ?? '';
  await window.evaluate((repository) => {
    location.hash = `#/tags/${encodeURIComponent(repository)}?registry`;
  }, name);
  await expect(line(window, 'latest')).toContainText('never moved');
  await makeRandomImage(engine.host, `${name}:latest`, 2000);
  await engine.docker(['push', `${name}:latest`]);
  const is = (await registry.digestOf('e2e-moves/there', 'latest')) ?? '';
  await window.getByRole('button', { name: 'Ask the registry' }).click();
  await expect(line(window, 'latest')).toContainText('moved once');
  await expect(window.getByText('A registry keeps no history')).toBeVisible();
  await line(window, 'latest').getByRole('button').last().click();
  await card(window, 'latest').getByRole('button', { name: 'Earlier' }).click();
  await expect(card(window, 'latest')).toContainText('Nothing is uploaded or deleted');
  await expectNoViolations(window);
  await card(window, 'latest')
    .getByRole('button', { name: /^Make latest what it was/ })
    .click();
  await expect(window.getByRole('status').getByText(/^latest is \w+ again$/)).toBeVisible();
  expect(await registry.digestOf('e2e-moves/there', 'latest')).toBe(was);
  await window.getByRole('button', { name: 'Move it back' }).click();
  await expect.poll(() => registry.digestOf('e2e-moves/there', 'latest')).toBe(is);
});

test('an image that a tag has left is kept for undo if one wants it, and said to be so everywhere', async ({ engine, window }) => {
  await moveLatest(engine, window, 'e2e-moves-kept');
  await window.getByRole('button', { name: 'Memory…' }).click();
  await window.getByRole('combobox', { name: 'Images kept for undo' }).click();
  await window.getByRole('option', { name: 'Up to 1 GB' }).click();
  await expectNoViolations(window);
  await window.getByRole('button', { name: 'Save' }).click();
  await makeRandomImage(engine.host, 'e2e-moves-kept:1.0', 3000);
  await makeRandomImage(engine.host, 'e2e-moves-kept:latest', 3000);
  await engine.docker(['tag', 'e2e-moves-kept:1.0', 'e2e-moves-kept:latest']);
  await showPage(window, 'Images');
  await expect(window.getByText(/^Kept for undo until \d+ \w+$/).first()).toBeVisible();
  await expect(window.getByText('layerdeck.invalid')).toHaveCount(0);
  await showPage(window, 'Disk');
  await expect(window.getByRole('list', { name: 'What could go' })).toContainText(/A tag has left it\. Kept for undo until/);
  await window.evaluate(() => {
    location.hash = '#/tags/e2e-moves-kept';
  });
  await window.getByRole('button', { name: 'Memory…' }).click();
  await window.getByRole('combobox', { name: 'Images kept for undo' }).click();
  await window.getByRole('option', { name: 'No image' }).click();
  await window.getByRole('button', { name: 'Save' }).click();
  await showPage(window, 'Images');
  await expect(window.getByText(/^Kept for undo until/)).toHaveCount(0);
});
