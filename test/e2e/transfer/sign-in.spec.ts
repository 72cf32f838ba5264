import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { makeRandomImage } from '../../support/random-image.ts';
import { runRegistry, someone } from '../../support/run-registry.ts';
import { expect, test } from '../../support/window/app.ts';
import { dialogOf, openImage, showPage } from '../../support/window/find-in-window.ts';
import { headline } from '../../support/window/transfer-in-window.ts';

async function signIn(window: Page, password: string): Promise<void> {
  const dialog = dialogOf(window);
  await dialog.getByLabel('User name', { exact: true }).fill(someone.username);
  await dialog.getByLabel('Password or access token').fill(password);
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** How far from the window's upper edge something is laid out, whatever moves at this moment. */
const placeOf = (locator: Locator): Promise<number> =>
  locator.evaluate((element) => {
    let top = 0;
    for (let at: Element | null = element; at instanceof HTMLElement; at = at.offsetParent) top += at.offsetTop;
    return top;
  });

test('someone who isn’t signed in is told before a push, signs in, and continues where they were', async ({ engine, launch, folder }) => {
  await using registry = await runRegistry({ login: true });
  const reference = `${registry.address}/team/e2e-login:1`;
  await makeRandomImage(engine.host, reference, 200_000);
  const env = { STANDIN_KEYCHAIN: 'gnome_libsecret' };
  const app = await launch({ env });
  const window = await app.firstWindow();
  await openImage(window, reference);
  await window.getByRole('button', { name: 'Push…' }).click();
  const dialog = dialogOf(window);
  await expect(dialog.getByRole('alert')).toContainText(`The registry ${registry.address} wants you to sign in first`);
  await expect(dialog.getByRole('button', { name: /^Push/ })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Sign in…' }).click();
  await signIn(window, 'not this one');
  await expect(dialog.getByRole('alert')).toContainText('The user name or the password is wrong');
  await signIn(window, someone.password);
  await expect(window.getByText('Kept locked in this computer’s keychain.')).toBeVisible();
  await expect(dialog.getByRole('region', { name: 'Forecast' })).toContainText(`signed in as ${someone.username}`);
  await dialog.getByRole('button', { name: /^Push/ }).click();
  await expect(headline(window, 'can now get')).toBeVisible();

  const kept = await readFile(join(folder, 'user-data/logins.json'), 'utf8');
  expect(kept).toContain(registry.address);
  expect(kept + Buffer.from(kept, 'base64').toString('latin1')).not.toContain(someone.password);
  await app.close();

  // it is there after a restart, and gone after signing out
  const later = await (await launch({ env })).firstWindow();
  await showPage(later, 'Registry');
  const accounts = later.getByRole('region', { name: 'Accounts' });
  await expect(accounts.getByRole('listitem')).toContainText([`${registry.address}as ${someone.username}`]);
  await accounts.getByRole('button', { name: `Sign out of ${registry.address}` }).click();
  await expect(accounts).toContainText('You aren’t signed in to any registry.');
  expect(await readFile(join(folder, 'user-data/logins.json'), 'utf8')).toBe('{}');
});

test('names that were chosen for a push are still chosen after signing in', async ({ engine, window }) => {
  await using registry = await runRegistry({ login: true });
  const references = ['1', '2'].map((tag) => `${registry.address}/team/e2e-chosen:${tag}`);
  const [first = ''] = references;
  await makeRandomImage(engine.host, first, 100_000);
  await engine.docker(['tag', ...references]);
  await openImage(window, first);
  await window.getByRole('button', { name: 'Push…' }).click();
  const dialog = dialogOf(window);
  for (const reference of references) await dialog.getByRole('checkbox', { name: reference }).check();
  await dialog.getByRole('button', { name: 'Sign in…' }).first().click();
  await signIn(window, someone.password);
  for (const reference of references) await expect(dialog.getByRole('checkbox', { name: reference })).toBeChecked();
  await expect(dialog.getByRole('button', { name: /^Push 2\snames/ })).toBeEnabled();
});

test('a box stays under the pointer when an answer makes its dialog grow', async ({ engine, window }) => {
  await using registry = await runRegistry({ login: true });
  const references = ['1', '2'].map((tag) => `${registry.address}/team/e2e-still:${tag}`);
  const [first = ''] = references;
  await makeRandomImage(engine.host, first, 100_000);
  await engine.docker(['tag', ...references]);
  await openImage(window, first);
  await registry.pause();
  await window.getByRole('button', { name: 'Push…' }).click();
  const dialog = dialogOf(window);
  const places = () => Promise.all(references.map((reference) => placeOf(dialog.getByRole('checkbox', { name: reference }))));
  const height = () => dialog.evaluate((element) => (element as HTMLElement).offsetHeight);
  const [before, low] = [await places(), await height()];
  await registry.goOn();
  await expect(dialog.getByRole('button', { name: 'Sign in…' })).toBeVisible();
  expect(await height()).toBeGreaterThan(low);
  expect(await places()).toEqual(before);
});

test('a push that a registry refused runs again after signing in', async ({ engine, window }) => {
  await using registry = await runRegistry({ login: true });
  const reference = `${registry.address}/team/e2e-again:1`;
  await makeRandomImage(engine.host, reference, 100_000);
  await openImage(window, reference);
  // its forecast would say so sooner
  await registry.pause();
  await window.getByRole('button', { name: 'Push…' }).click();
  await dialogOf(window).getByRole('button', { name: /^Push/ }).click();
  await registry.goOn();
  await expect(window.getByRole('alert')).toContainText('The registry wants you to sign in first');
  await window.getByRole('button', { name: 'Sign in…' }).click();
  await signIn(window, someone.password);
  await expect(headline(window, 'can now get')).toBeVisible();
  await showPage(window, 'Registry');
  await window.getByRole('button', { name: `Sign out of ${registry.address}` }).click();
  await expect(window.getByRole('region', { name: 'Accounts' })).not.toContainText(registry.address);
});

test('a wrong address is pointed out during typing', async ({ window }) => {
  await showPage(window, 'Registry');
  await window.getByRole('button', { name: 'Sign in…' }).click();
  await dialogOf(window).getByLabel('Registry').fill('https://ghcr.io');
  await expect(dialogOf(window)).toContainText('Leave out everything up to the “//”');
  await dialogOf(window).getByLabel('Registry').fill('localhost:1');
  await signIn(window, 'x');
  await expect(dialogOf(window).getByRole('alert')).toContainText('The registry localhost:1 doesn’t answer');
});
