import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ownAddresses } from '../../../main/features/local-registry/reach-registry.ts';
import { answerSaveDialog } from '../../../tools/drive/answer-dialogs.ts';
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

test('its connections are encrypted if one wants that, with what engines elsewhere need, until it is switched off', async ({
  app,
  engine,
  window,
  folder,
}) => {
  await keepPort(engine);
  await showPage(window, 'Registry');
  await window.getByRole('button', { name: 'Start the registry' }).click();
  await expect(state(window)).toContainText('Running at');
  await further(window, 'Encryption…');
  await expect(dialogOf(window)).toContainText('Engines on this computer need nothing more');
  await expectNoViolations(window);
  await act(window, 'Make a certificate and restart');
  await expect(dialogOf(window)).toContainText('The connections are encrypted');
  await expect(dialogOf(window)).toContainText('localhost, 127.0.0.1, ::1');
  // one Enter too many undoes nothing
  await expect(dialogOf(window).getByRole('button', { name: 'Done' })).toBeFocused();
  await expectNoViolations(window);

  const saved = join(folder, 'ca.crt');
  await answerSaveDialog(app, saved);
  await act(window, 'Save the certificate…');
  await expect(dialogOf(window)).toContainText(`Saved as ${saved}`);
  const { fingerprint256, ca } = new X509Certificate(readFileSync(saved));
  expect(ca).toBe(true);
  await expect(dialogOf(window)).toContainText(fingerprint256);
  await act(window, 'Done');
  await expect(state(window)).toContainText('Yes, by a certificate that is valid until');
  await window.getByRole('button', { name: 'Restart the registry' }).click();
  await expect(state(window).getByRole('button', { name: 'Restart the registry' })).toBeEnabled();
  await expect(state(window)).toContainText('Yes, by a certificate that is valid until');

  // other computers
  await further(window, 'Ask for a sign-in…');
  await act(window, 'Make a password and restart');
  await act(window, 'Done');
  await expect(state(window)).toContainText('Everybody has to sign in');
  await further(window, 'Other computers…');
  await expect(dialogOf(window)).not.toContainText('The connection isn’t encrypted');
  await act(window, 'Let them reach it and restart');
  await expect(dialogOf(window).getByRole('button', { name: 'Done' })).toBeFocused();
  const [own] = ownAddresses();
  await expect(dialogOf(window)).toContainText(`/etc/docker/certs.d/${own?.address}:`);
  await expect(dialogOf(window)).toContainText('/etc/rancher/k3s/registries.yaml');
  await expect(dialogOf(window)).toContainText(fingerprint256);
  await expectNoViolations(window);
  await act(window, 'Done');

  await expect(state(window)).toContainText('By this computer and by others');
  await further(window, 'Encryption…');
  await expect(dialogOf(window)).toContainText('Other computers reach this registry');
  await act(window, 'Stop encrypting and restart');
  await expect(dialogOf(window)).toBeHidden();
  await expect(state(window)).toContainText('EncryptedNo');
});
