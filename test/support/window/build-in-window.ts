import { type ElectronApplication, expect, type Locator, type Page } from '@playwright/test';
import { answerOpenDialog } from '../../../tools/drive/answer-dialogs.ts';
import { dialogOf, showPage } from './find-in-window.ts';
import { hasBuildKit } from './own-engine.ts';

export type Builder = 'BuildKit' | 'classic';

/** The builders that the engine has. */
export const builders: Builder[] = hasBuildKit ? ['BuildKit', 'classic'] : ['classic'];

/** Chooses the builder at the foot of the window, as a person would. */
export async function chooseBuilder(window: Page, builder: Builder): Promise<void> {
  await window.getByRole('button', { name: /^Engine:/ }).click();
  const label = builder === 'classic' ? 'Always the classic builder' : 'BuildKit, if the engine has it';
  // the choice comes back as a fact from main: a click alone changes nothing
  await window.getByRole('radio', { name: label }).click();
  await expect(window.getByRole('radio', { name: label })).toBeChecked();
  await window.keyboard.press('Escape');
  await expect(dialogOf(window)).toHaveCount(0);
}

/** Opens the build dialog and chooses a folder in it; without one, the system's dialog is cancelled. */
export async function chooseFolder(app: ElectronApplication, window: Page, folder: string): Promise<void> {
  await answerOpenDialog(app, folder === '' ? [] : [folder]);
  await showPage(window, 'Images');
  await window.getByRole('button', { name: 'Build…' }).click();
  await dialogOf(window)
    .getByRole('button', { name: /^Choose a folder/ })
    .click();
}

/** Names the image and starts the build. */
export async function startBuild(window: Page, name: string): Promise<void> {
  await dialogOf(window).getByLabel('Name and tag', { exact: true }).fill(name);
  await dialogOf(window).getByRole('button', { name: 'Build', exact: true }).click();
}

/** Runs the shown build again, and waits for the new page: the old one also says "is built". */
export async function buildAgain(window: Page, button = 'Build again'): Promise<void> {
  const before = window.url();
  await window.getByRole('button', { name: button }).click();
  await expect(window).not.toHaveURL(before);
}

export const buildHeading = (window: Page, words: string): Locator => window.getByRole('heading', { name: words, level: 1 });

/** A step of the shown build, by words of its instruction; its text includes its state. */
export const stepOf = (window: Page, words: string | RegExp): Locator =>
  window.getByRole('region', { name: 'Steps' }).getByRole('listitem').filter({ hasText: words });

/** The lines of the log that are in the page. */
export async function showLog(window: Page): Promise<Locator> {
  await window.getByRole('tab', { name: 'Log' }).click();
  return window.getByRole('region', { name: 'Log lines' });
}

/** Ticks all builds of a name in the list, once they are there. */
export async function selectBuilds(window: Page, name: string, count: number): Promise<void> {
  const boxes = window.getByRole('checkbox', { name: `Select the build of ${name}` });
  await expect(boxes).toHaveCount(count);
  for (const place of Array(count).keys()) await boxes.nth(place).check();
}

/** The card that says why a step was built again. */
export const why = (window: Page) => window.getByRole('region', { name: /^Why was step/ });
