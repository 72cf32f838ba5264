import type { Page } from '@playwright/test';
import type { Engine } from '../../../tools/engine/engine.ts';
import { dialogOf } from './find-in-window.ts';

export const nameField = (window: Page) => dialogOf(window).getByLabel('Name and tag', { exact: true });
export const buildButton = (window: Page) => dialogOf(window).getByRole('button', { name: 'Build', exact: true });
export const openOptions = (window: Page) => dialogOf(window).locator('summary').click();
export const group = (window: Page, name: string | RegExp) => dialogOf(window).getByRole('group', { name });

export async function choose(window: Page, select: string, option: string): Promise<void> {
  await dialogOf(window).getByRole('combobox', { name: select }).click();
  await window.getByRole('option', { name: option, exact: true }).click();
}

export const run = (engine: Engine, image: string, ...command: string[]) => engine.docker(['run', '--rm', image, ...command]);
