import type { Page } from '@playwright/test';
import { ownAddresses } from '../../../main/features/local-registry/reach-registry.ts';
import { keepPort } from '../../support/keep-port.ts';
import { expect, test } from '../../support/window/app.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf, showPage } from '../../support/window/find-in-window.ts';

const state = (window: Page) => window.getByRole('region', { name: 'Registry state' });

async function further(window: Page, name: string): Promise<void> {
  await window.getByRole('button', { name: 'More for the registry' }).click();
  await window.getByRole('menuitem', { name }).click();
}

const act = (window: Page, name: string) => dialogOf(window).getByRole('button', { name }).click();

test('other computers reach it once it asks for a sign-in, after words that say who they are, until it is closed again', async ({
  engine,
  window,
}) => {
  await keepPort(engine);
  await showPage(window, 'Registry');
  await window.getByRole('button', { name: 'Start the registry' }).click();
  await expect(state(window)).toContainText('Running at');
  await further(window, 'Other computers…');
  await expect(dialogOf(window)).toContainText('Other computers need a sign-in');
  await expectNoViolations(window);
  await act(window, 'Ask for a sign-in…');
  await act(window, 'Make a password and restart');
  await act(window, 'Done');
  await expect(state(window)).toContainText('Everybody has to sign in');

  await further(window, 'Other computers…');
  const [first] = ownAddresses();
  await expect(dialogOf(window)).toContainText(`at ${first?.address}`);
  await expect(dialogOf(window)).toContainText('The connection isn’t encrypted');
  await expectNoViolations(window);
  await act(window, 'Let them reach it and restart');
  await expect(dialogOf(window)).toContainText('Other computers can reach the registry');
  await expectNoViolations(window);
  await act(window, 'Done');
  await expect(state(window)).toContainText('By this computer and by others in its network');

  await further(window, 'Other computers…');
  await act(window, 'This computer only');
  await expect(state(window)).toContainText('By this computer only');
});
