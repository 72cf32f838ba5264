import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { answerOpenDialog, answerSaveDialog } from '../../../tools/drive/answer-dialogs.ts';
import { dialogOf, openImage, showPage } from './find-in-window.ts';

/** Saves an image through the dialogs; the system's own one answers with the path, or cancels if that is empty. */
export async function save(app: ElectronApplication, window: Page, reference: string, path: string): Promise<void> {
  await answerSaveDialog(app, path);
  await openImage(window, reference);
  await window.getByRole('button', { name: 'Save…' }).click();
  await dialogOf(window).getByRole('button', { name: 'Choose a place…' }).click();
}

/** Chooses files in the system's dialog. */
export async function chooseFiles(app: ElectronApplication, window: Page, paths: string[]): Promise<void> {
  await answerOpenDialog(app, paths);
  await showPage(window, 'Images');
  await window.getByRole('button', { name: 'Open a file…' }).click();
}

/** Presses the button that loads the files, once it can be pressed. */
export const load = (window: Page, button: string | RegExp = /^(?:Load|Import) /): Promise<void> =>
  dialogOf(window).getByRole('button', { name: button }).click();

/** The card of a file in the dialog that shows what is inside. */
export const cardOf = (window: Page, file: string): Locator =>
  dialogOf(window).getByRole('list', { name: 'To load' }).getByRole('listitem', { name: file, exact: true });

/** What the dialog says about an image in a file. */
export const archivedImage = (window: Page, name: string): Locator => dialogOf(window).getByRole('listitem', { name, exact: true });
