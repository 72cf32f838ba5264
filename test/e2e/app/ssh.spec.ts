import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { roundTrip } from '../../../tools/demo/round-trip.ts';
import { SshServer } from '../../../tools/engine/ssh-server.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { expect, test } from '../../support/window/app.ts';
import { save } from '../../support/window/archive-in-window.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf, rowOf, showPage } from '../../support/window/find-in-window.ts';
import { headline } from '../../support/window/transfer-in-window.ts';

const passphrase = 'correct horse';

const question = (window: Page, title: string | RegExp) => window.getByRole('dialog', { name: title });
const row = (window: Page, name: string) => window.getByRole('list', { name: 'Engines' }).getByRole('listitem', { name, exact: true });
const first = async (app: ElectronApplication): Promise<Page> => {
  const window = await app.firstWindow();
  await window.emulateMedia({ reducedMotion: 'reduce' });
  return window;
};
const onPath = ({ env }: SshServer) => ({ PATH: env.PATH ?? '' });

test('the whole main job goes over SSH', async ({ engine, launch, folder }) => {
  test.setTimeout(240_000);
  await using server = await SshServer.start(engine.host);
  const app = await launch({ host: server.address, env: onPath(server) });
  mkdirSync(join(folder, 'trip'));
  await roundTrip(app, engine, join(folder, 'trip'), { step: (what, act) => test.step(what, act) });
});

test('an engine is added over SSH: who it is and the passphrase are asked in the window, and it is used', async ({ engine, launch }) => {
  await makeRandomImage(engine.host, 'e2e-ssh:there', 1000);
  await using server = await SshServer.start(engine.host, { isUnknown: true, passphrase });
  const window = await first(await launch({ host: '', env: onPath(server) }));
  await showPage(window, 'Engines');
  await window.getByRole('button', { name: 'Add an engine…' }).click();
  const form = question(window, 'Add an engine');
  await form.getByRole('textbox', { name: 'Name' }).fill('build-server');
  const address = form.getByRole('textbox', { name: 'Address' });
  await address.fill('me@build.example');
  await expect(form).toContainText('Write ssh:// in front of it');
  await address.fill('ssh://me:secret@build.example');
  await expect(form).toContainText('SSH asks for it');
  await address.fill(server.address);
  await expect(form).toContainText('this computer’s SSH');
  await form.getByRole('button', { name: 'Add', exact: true }).click();

  const unknown = question(window, 'Is this the right computer?');
  await expect(unknown).toContainText(server.fingerprint);
  await expect(unknown.getByRole('button', { name: 'Don’t connect' })).toBeFocused();
  await expectNoViolations(window);
  // only the question above hears the key
  await window.keyboard.press('Escape');
  await expect(form).toContainText('The other computer’s key was not accepted');
  await expectNoViolations(window);
  await form.getByRole('button', { name: 'Connect again' }).click();
  await unknown.getByRole('button', { name: 'It is, connect' }).click();

  const asked = question(window, 'SSH needs the passphrase of your key');
  const field = asked.getByLabel('Passphrase', { exact: true });
  await expect(field).toBeFocused();
  await expectNoViolations(window);
  await field.fill('wrong');
  await window.keyboard.press('Enter');
  await expect(asked).toContainText('That wasn’t the right one');
  await expectNoViolations(window);
  await field.fill(passphrase);
  await window.keyboard.press('Enter');

  const place = row(window, 'docker context build-server');
  await expect(place).toContainText(/Docker [\d.]+.* answers/);
  await window.getByRole('button', { name: 'Use this engine: docker context build-server' }).click();
  await expect(place).toContainText('In use');
  await showPage(window, 'Images');
  await expect(rowOf(window, 'e2e-ssh:there')).toBeVisible();
});

test('after a restart, what SSH asks is asked once, and again when a person wants to connect', async ({ engine, launch }) => {
  await using server = await SshServer.start(engine.host, { passphrase });
  const window = await first(await launch({ host: server.address, env: onPath(server) }));
  const asked = question(window, 'SSH needs the passphrase of your key');
  await asked.getByRole('button', { name: 'Don’t connect' }).click();
  await expect(window.getByRole('heading', { level: 1, name: 'The other computer didn’t let you in' })).toBeVisible();
  await expect(asked).toHaveCount(0);
  await expectNoViolations(window);

  await window.getByRole('link', { name: 'Engines' }).click();
  await expect(row(window, 'DOCKER_HOST')).toContainText('wants to know who you are');
  await window.getByRole('button', { name: 'Connect… DOCKER_HOST' }).click();
  await asked.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await asked.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(row(window, 'DOCKER_HOST')).toContainText('In use');

  await server.cut();
  await showPage(window, 'Images');
  await expect(window.getByRole('heading', { level: 1, name: /doesn’t accept SSH/ })).toBeVisible();
  await server.mend();
  await expect(window.getByRole('heading', { level: 1, name: 'The other computer wants to know who you are' })).toBeVisible();
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  await asked.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { level: 1, name: 'Images' })).toBeVisible();
});

test('the connection is cut in the middle of a save: nothing partial stays, and the list comes back by itself', async ({
  engine,
  launch,
  folder,
}) => {
  await makeRandomImage(engine.host, 'e2e-ssh:large', 300_000_000);
  await using server = await SshServer.start(engine.host);
  const app = await launch({ host: server.address, env: onPath(server) });
  const window = await first(app);
  mkdirSync(join(folder, 'saved'));
  await save(app, window, 'e2e-ssh:large', join(folder, 'saved/x.tar'));
  await expect.poll(() => readdirSync(join(folder, 'saved')), { intervals: [20] }).not.toEqual([]);
  await server.cut();
  await expect(
    headline(window, /stopped answering/)
      .or(window.getByText('The engine stopped answering'))
      .first(),
  ).toBeVisible();
  expect(readdirSync(join(folder, 'saved'))).toEqual([]);
  await server.mend();
  await showPage(window, 'Images');
  await expect(rowOf(window, 'e2e-ssh:large')).toBeVisible();
  await expect(dialogOf(window)).toHaveCount(0);
});
