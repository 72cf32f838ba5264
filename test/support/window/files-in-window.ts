import { expect, type Locator, type Page } from '@playwright/test';
import { openImage } from './find-in-window.ts';

/** The tree with the files of an image. */
export const fileTree = (window: Page): Locator => window.getByRole('treegrid');

/** A line of it, by the name of the file, which is made of letters. */
export const fileLine = (window: Page, name: string): Locator => fileTree(window).getByRole('row', { name: new RegExp(`^${name}\\b`) });

/** The layers beside the tree: the whole image first, then the newest. */
export const layerButtons = (window: Page): Locator => window.getByRole('navigation', { name: 'Layers' }).getByRole('button');

/** What is said of the chosen file. */
export const fileAside = (window: Page): Locator => window.getByRole('complementary', { name: 'Chosen' });

/** Opens the files of an image whose layers have not been read yet. */
export async function openFiles(window: Page, reference: string): Promise<void> {
  await openImage(window, reference, 'Files');
  await window.getByRole('button', { name: /^Read / }).click();
  await expect(fileTree(window)).toBeVisible();
}
