import { expect, type Locator, type Page } from '@playwright/test';
import { dialogOf, openImage, showPage } from './find-in-window.ts';

/** Gets an image through the dialog. */
export async function pull(window: Page, reference: string): Promise<void> {
  await showPage(window, 'Images');
  await window.getByRole('button', { name: 'Get an image…' }).click();
  await dialogOf(window).getByLabel('Name and tag').fill(reference);
  await dialogOf(window).getByRole('button', { name: 'Get the image' }).click();
}

/** Pushes an image to the registry that its name begins with, through the dialog. */
export async function push(window: Page, reference: string): Promise<void> {
  await openImage(window, reference);
  await window.getByRole('button', { name: 'Push…' }).click();
  await dialogOf(window).getByRole('button', { name: /^Push/ }).click();
  await expect(window.getByRole('heading', { level: 1 })).toContainText('Push');
}

export const stop = (window: Page): Promise<void> => window.getByRole('button', { name: 'Stop', exact: true }).click();

/** The headline of a transfer. */
export const headline = (window: Page, words: string | RegExp): Locator =>
  window.getByRole('main').getByRole('status').filter({ hasText: words });

/** Resolves once the total progress has come this far, in percent. */
export const untilPercent = (window: Page, percent: number): Promise<void> =>
  expect
    .poll(
      async () =>
        Number(
          await window
            .getByRole('main')
            .getByRole('progressbar')
            .getAttribute('aria-valuenow', { timeout: 1000 })
            .catch(() => 0),
        ),
      { timeout: 20_000, intervals: [50] },
    )
    .toBeGreaterThanOrEqual(percent);
