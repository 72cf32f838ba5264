import type { Locator, Page } from '@playwright/test';
import { makeRandomImage } from '../../support/random-image.ts';
import { expect, test } from '../../support/window/app.ts';
import { chooseFolder } from '../../support/window/build-in-window.ts';
import { dialogOf, openImage, rowOf, search } from '../../support/window/find-in-window.ts';
import { imageId, namesOf } from '../../support/window/read-engine.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const image = 'e2e-keyboard:1';

test.beforeAll(async ({ engine }) => {
  await makeRandomImage(engine.host, image, 1000);
  await engine.docker(['tag', image, 'e2e-keyboard:2']);
});

const button = (window: Page, name: string | RegExp): Locator => window.getByRole('button', { name }).first();

/** Where each dialog is opened from. */
const openers: Record<string, (window: Page) => Promise<Locator>> = {
  Build: async (window) => button(window, 'Build…'),
  'Get an image': async (window) => button(window, 'Get an image…'),
  Activity: async (window) => button(window, /^Activity/),
  Push: (window) => openImage(window, image).then(() => button(window, 'Push…')),
  Save: (window) => openImage(window, image).then(() => button(window, 'Save…')),
  Remove: (window) => openImage(window, image).then(() => button(window, 'Remove…')),
  'Add a tag': (window) => openImage(window, image, 'Tags').then(() => button(window, 'Add a tag…')),
  'Remove the tag': (window) => openImage(window, image, 'Tags').then(() => button(window, 'Remove the tag e2e-keyboard:2')),
};

for (const [name, opener] of Object.entries(openers)) {
  test(`${name}: Enter opens the dialog, Tab stays in it, Escape closes it and gives the focus back`, async ({ engine, window }) => {
    const opens = await opener(window);
    await opens.focus();
    await window.keyboard.press('Enter');
    await expect(dialogOf(window)).toBeVisible();
    const isInside = () => dialogOf(window).evaluate((dialog) => dialog.contains(document.activeElement));
    await expect.poll(isInside).toBe(true);
    for (let times = 0; times < 12; times++) {
      await window.keyboard.press('Tab');
      expect(await isInside()).toBe(true);
    }
    await window.keyboard.press('Escape');
    await expect(dialogOf(window)).toHaveCount(0);
    await expect(opens).toBeFocused();
    expect(await namesOf(engine, image)).toEqual(['e2e-keyboard:1', 'e2e-keyboard:2']);
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`whatever has the focus can be seen in the ${colorScheme} theme, and Tab comes around`, async ({ window }) => {
    await window.emulateMedia({ colorScheme });
    const reached: string[] = [];
    for (let times = 0; times < 40; times++) {
      await window.keyboard.press('Tab');
      const now = await focused(window);
      if (!now) continue; // the browser's own frame, between the last and the first
      expect(now.isVisible, now.name).toBe(true);
      expect(now.hasMark, now.name).toBe(true);
      reached.push(now.name);
    }
    await window.emulateMedia({ colorScheme: null });
    for (const name of ['Images', 'Search or do anything', 'Build…', 'Theme', 'Search images', 'Select all']) {
      expect(reached).toContainEqual(expect.stringContaining(name));
    }
  });
}

test('an image is found and opened with the search for anything, without a mouse', async ({ engine, window }) => {
  await window.keyboard.press('Control+k');
  await expect(window.getByRole('textbox', { name: 'Search' })).toBeFocused();
  await window.keyboard.type('e2e-keyboard');
  await expect(dialogOf(window).getByText('e2e-keyboard', { exact: false }).first()).toBeVisible();
  await window.keyboard.press('ArrowDown');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { level: 1 })).toContainText('e2e-keyboard');
  await expect(window.getByRole('main')).toContainText((await imageId(engine, image)).slice(7, 19));
});

test('the focus keeps its place on every page, and each page has a name', async ({ engine, app, window }) => {
  using folder = new WorkFolder({ Dockerfile: `FROM layerdeck/base:1\nRUN echo ${Math.random()}\n` });
  const heading = (words: string | RegExp) => window.getByRole('heading', { level: 1, name: words });
  await expect(window).toHaveTitle('Images · Layerdeck');
  await chooseFolder(app, window, folder.path);
  await dialogOf(window).getByLabel('Name and tag', { exact: true }).fill('e2e-place:1');
  await window.keyboard.press('Enter');
  await expect(heading('e2e-place:1 is built')).toBeVisible();
  await expect(heading('e2e-place:1 is built')).toBeFocused();
  await expect(window).toHaveTitle('e2e-place:1 is built · Layerdeck');
  await expect(window.getByRole('main').getByRole('status').filter({ hasText: 'e2e-place:1 is built' })).toHaveCount(1);

  await window.getByRole('button', { name: 'Show the image' }).focus();
  await window.keyboard.press('Enter');
  await expect(heading(/^e2e-place/)).toBeFocused();
  await expect(window).toHaveTitle('e2e-place:1 · Layerdeck');

  await window.keyboard.press('Tab');
  await makeRandomImage(engine.host, 'e2e-place:gone', 1000);
  await window.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Images' }).focus();
  await window.keyboard.press('Enter');
  await search(window, 'e2e-place');
  await rowOf(window, 'e2e-place:gone').focus();
  await window.keyboard.press('Delete');
  await dialogOf(window)
    .getByRole('button', { name: /^Remove 1\simage/ })
    .focus();
  await window.keyboard.press('Enter');
  await expect(rowOf(window, 'e2e-place:gone')).toHaveCount(0);
  await expect(rowOf(window, 'e2e-place:1')).toBeFocused();
});

/** The element that has the focus, and whether an outline, a shadow or another border shows it. */
const focused = (window: Page): Promise<{ name: string; isVisible: boolean; hasMark: boolean } | undefined> =>
  window.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return undefined;
    const looks = () => {
      const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(element);
      return JSON.stringify([outlineStyle === 'none' ? '' : outlineWidth, boxShadow, borderColor]);
    };
    const withFocus = looks();
    element.blur();
    const without = looks();
    element.focus({ preventScroll: true });
    const { width, height } = element.getBoundingClientRect();
    const name = element.getAttribute('aria-label') ?? element.getAttribute('placeholder') ?? element.textContent ?? element.tagName;
    return { name, isVisible: width > 0 && height > 0, hasMark: withFocus !== without };
  });
