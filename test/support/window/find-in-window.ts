import { expect, type Locator, type Page } from '@playwright/test';
import { ownName } from './own-engine.ts';

/** The row of an image in the list, by the name that it was given. */
export const rowOf = (window: Page, name: string | RegExp): Locator =>
  window.getByRole('row', { name: typeof name === 'string' ? ownName(name) : name, exact: true });

/** The rows of the list that are in the page, without the head. */
export const rowsIn = (window: Page): Locator => window.getByRole('table', { name: 'Images' }).locator('tbody').getByRole('row');

export const dialogOf = (window: Page): Locator => window.getByRole('dialog');

/** Goes to a page by the links at the side. */
export const showPage = (window: Page, name: 'Images' | 'Running' | 'Builds' | 'Registry' | 'Disk' | 'Engines' | 'About'): Promise<void> =>
  window.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();

/** Narrows the list down to the images with these words in their names. */
export const search = (window: Page, text: string): Promise<void> => window.getByRole('searchbox', { name: 'Search images' }).fill(text);

/** Opens the page of an image, from wherever the window is. */
export async function openImage(
  window: Page,
  name: string,
  tab?: 'Layers' | 'Files' | 'Config' | 'Origin' | 'Tags' | 'Inspect',
): Promise<void> {
  await showPage(window, 'Images');
  await search(window, name);
  await rowOf(window, name).getByRole('link').click();
  await window.getByRole('tab', { name: tab ?? 'Layers' }).click();
}

/** The page with every piece of the interface, which only a build for development has. */
export async function openGallery(window: Page): Promise<void> {
  await window.evaluate(() => {
    location.hash = '#/gallery';
  });
  await expect(window.getByRole('heading', { name: 'Gallery', level: 1 })).toBeVisible();
}
