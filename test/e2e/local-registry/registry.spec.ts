import type { Page } from '@playwright/test';
import { dropFiles } from '../../../tools/drive/drop-files.ts';
import type { Engine } from '../../../tools/engine/engine.ts';
import { keepPort } from '../../support/keep-port.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { freePort, takePort } from '../../support/take-port.ts';
import { expect, test } from '../../support/window/app.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf, openImage, showPage } from '../../support/window/find-in-window.ts';
import { headline } from '../../support/window/transfer-in-window.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const state = (window: Page) => window.getByRole('region', { name: 'Registry state' });

async function startRegistry(window: Page): Promise<void> {
  await showPage(window, 'Registry');
  await window.getByRole('button', { name: 'Start the registry' }).click();
  await expect(state(window)).toContainText('Running at');
}

async function stopRegistry(window: Page): Promise<void> {
  await showPage(window, 'Registry');
  await window.getByRole('button', { name: 'Stop the registry' }).click();
  await expect(window.getByRole('heading', { name: 'The registry is stopped' })).toBeVisible();
}

async function further(window: Page, name: string): Promise<void> {
  await window.getByRole('button', { name: 'More for the registry' }).click();
  await window.getByRole('menuitem', { name }).click();
}

async function removeRegistry(window: Page, images: string): Promise<void> {
  await further(window, 'Remove…');
  await dialogOf(window).getByRole('radio', { name: images }).check();
  await expectNoViolations(window);
  await dialogOf(window)
    .getByRole('button', { name: /^Remove the registry/ })
    .click();
  await expect(state(window)).toBeHidden();
}

/** Where the engine says that the registry's container answers: `localhost:5000`. */
const addressOf = async (engine: Engine): Promise<string> =>
  (await engine.docker(['port', 'layerdeck-registry', '5000'])).trim().replace('127.0.0.1', 'localhost');

const registryContainers = async (engine: Engine): Promise<string[]> =>
  (await engine.docker(['ps', '--all', '--filter', 'ancestor=registry:2', '--format', '{{.Names}} {{.State}}']))
    .split('\n')
    .filter(Boolean);

test('one button starts a registry that keeps what is pushed to it, stopped or not', async ({ engine, app, window }) => {
  await showPage(window, 'Registry');
  await expect(window.getByRole('heading', { name: 'No registry yet' })).toBeVisible();
  await keepPort(engine);
  await startRegistry(window);
  const address = await addressOf(engine);
  await expect(state(window)).toContainText(address);
  await window.getByRole('button', { name: `Copy ${address}` }).click();
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe(address);

  await makeRandomImage(engine.host, 'e2e-published:1', 1000);
  await openImage(window, 'e2e-published:1');
  await window.getByRole('button', { name: 'Push…' }).click();
  await dialogOf(window).getByRole('radio', { name: 'The registry on this computer' }).check();
  await expect(dialogOf(window)).toContainText(`As ${address}/e2e-published:1`);
  await dialogOf(window).getByRole('button', { name: /^Push/ }).click();
  await expect(headline(window, `Everyone on this computer can now get ${address}/e2e-published:1`)).toBeVisible();
  const tags = async (at: string) => (await fetch(`http://${at}/v2/e2e-published/tags/list`)).json();
  expect(await tags(address)).toEqual({ name: 'e2e-published', tags: ['1'] });
  await showPage(window, 'Registry');
  await window.getByRole('link', { name: `${address} on this computer` }).click();
  await window.getByRole('list', { name: 'Repositories' }).getByRole('link', { name: 'e2e-published' }).click();
  await expect(window.getByRole('row', { name: '1', exact: true })).toContainText('You have this one');

  await stopRegistry(window);
  expect(await registryContainers(engine)).toEqual(['layerdeck-registry exited']);
  await expect(fetch(`http://${address}/v2/`)).rejects.toThrow();

  await startRegistry(window);
  expect(await registryContainers(engine)).toEqual(['layerdeck-registry running']);
  expect(await addressOf(engine)).toBe(address);
  expect(await tags(address)).toEqual({ name: 'e2e-published', tags: ['1'] });
  await stopRegistry(window);
});

test('a port that is taken by now is named, and the person chooses another one', async ({ engine, window }) => {
  await keepPort(engine);
  await startRegistry(window);
  const address = await addressOf(engine);
  const port = Number(address.split(':')[1]);
  await stopRegistry(window);
  using _taken = await takePort(port);
  await window.getByRole('button', { name: 'Start the registry' }).click();
  const failure = window.getByRole('alert', { name: `Another program uses port ${port}` });
  await expect(failure).toContainText(`localhost:${port}`);
  await expectNoViolations(window);
  await failure.getByRole('button', { name: 'Use another port…' }).click();
  const dialog = dialogOf(window);
  await expect(dialog).toContainText(`localhost:${port}/ won’t lead to it any more`);
  const field = dialog.getByLabel('Port');
  await expect(field).toHaveValue(/^50\d\d$/);
  const other = String(await freePort());
  await field.fill('80');
  await expect(dialog).toContainText('A port is a number from 1024 to 65535.');
  await expectNoViolations(window);
  await field.fill(other);
  await dialog.getByRole('button', { name: 'Change and start' }).click();
  await expect(state(window)).toContainText(`Running at localhost:${other}`);
  await expect(failure).toBeHidden();
  expect(await addressOf(engine)).toBe(`localhost:${other}`);
  await removeRegistry(window, 'Remove its images as well');
});

test('a registry that another program stops or removes is shown as it is', async ({ engine, window }) => {
  await keepPort(engine);
  await startRegistry(window);
  await engine.docker(['stop', '--time', '1', 'layerdeck-registry']);
  await expect(window.getByRole('heading', { name: 'The registry is stopped' })).toBeVisible();
  const address = await state(window).innerText();
  await engine.docker(['rm', 'layerdeck-registry']);
  await expect(window.getByRole('heading', { name: 'The registry has no container' })).toBeVisible();
  await expect(window.getByRole('main')).toContainText(/localhost:\d+/.exec(address)?.[0] ?? 'no address');
  await startRegistry(window);
  await removeRegistry(window, 'Remove its images as well');
});

test('it says what it is, shows its log, and is removed with or without its images', async ({ engine, window }) => {
  await keepPort(engine);
  await startRegistry(window);
  await expect(state(window)).toContainText(/registry:2, version \d+\.\d+/);
  await expect(state(window)).toContainText(/In the volume layerdeck-registry, \d/);
  await expect(state(window)).toContainText('With the engine, until you stop it');
  await state(window).getByRole('button', { name: 'Show the log' }).click();
  await expect(state(window).getByRole('region', { name: 'Log lines' })).toContainText('listening on');
  await expectNoViolations(window);
  await state(window).getByRole('button', { name: 'Hide the log' }).click();
  await removeRegistry(window, 'Keep the images');
  await expect(window.getByRole('heading', { name: 'The registry has no container' })).toBeVisible();
  expect(await engine.docker(['volume', 'ls', '--quiet'])).toContain('layerdeck-registry');
  await startRegistry(window);
  await removeRegistry(window, 'Remove its images as well');
  await expect(window.getByRole('heading', { name: 'No registry yet' })).toBeVisible();
  expect(await engine.docker(['volume', 'ls', '--quiet'])).not.toContain('layerdeck-registry');
});

test('a file that is dropped where the registry will be starts it', async ({ engine, window }) => {
  using folder = new WorkFolder();
  await engine.docker(['save', '--output', folder.file('registry.tar'), 'registry:2']);
  await showPage(window, 'Registry');
  const heading = window.getByRole('heading', { name: 'No registry yet' });
  const box = await heading.boundingBox();
  await dropFiles(window, [folder.file('registry.tar')], { at: { x: box?.x ?? 0, y: box?.y ?? 0 } });
  await expect(dialogOf(window)).toContainText('registry.tar');
  await expectNoViolations(window);
  await dialogOf(window).getByRole('button', { name: 'Load it and start' }).click();
  await expect(state(window)).toContainText('Running at');
  await removeRegistry(window, 'Remove its images as well');
});

test('a registry that somebody else started is listed, used, let go and never changed', async ({ engine, window }) => {
  const id = (
    await engine.docker(['run', '--detach', '--name', 'by-hand', '--restart', 'always', '--publish', '5000', 'registry:2'])
  ).trim();
  const port = (await engine.docker(['port', 'by-hand', '5000'])).split('\n')[0]?.split(':').at(-1);
  await showPage(window, 'Registry');
  const row = window.getByRole('region', { name: 'Other registries on this computer' }).getByRole('listitem', { name: 'by-hand' });
  await expect(row).toContainText(`localhost:${port}`);
  await expect(row).toContainText('Other computers in the network can reach it');
  await expectNoViolations(window);
  await row.getByRole('button', { name: 'Use as my registry' }).click();
  await expect(state(window)).toContainText(`Running at localhost:${port}`);
  await expect(state(window)).toContainText('With the engine, even after you stopped it');
  await expect(state(window)).toContainText('By this computer and by others in its network');
  await expect(row).toBeHidden();
  await expectNoViolations(window);
  await further(window, 'Stop using it as my registry');
  await expect(row).toBeVisible();
  expect((await engine.docker(['ps', '--quiet', '--no-trunc', '--filter', 'name=by-hand'])).trim()).toBe(id);
  await engine.docker(['rm', '--force', '--volumes', 'by-hand']);
});

test('it asks for a sign-in with a password that is shown once, and lets everybody in again', async ({ engine, window }) => {
  await keepPort(engine);
  await startRegistry(window);
  const address = await addressOf(engine);
  await further(window, 'Ask for a sign-in…');
  await dialogOf(window).getByLabel('User name').fill('a:b');
  await expect(dialogOf(window)).toContainText('A user name has letters');
  await dialogOf(window).getByLabel('User name').fill('ada');
  await expectNoViolations(window);
  await dialogOf(window).getByRole('button', { name: 'Make a password and restart' }).click();
  await expect(dialogOf(window)).toContainText(`${address} asks for a sign-in now`);
  const password = (await dialogOf(window).getByRole('button', { name: 'Copy the password' }).innerText()).split('\n')[0]?.trim();
  await expectNoViolations(window);
  await dialogOf(window).getByRole('button', { name: 'Done' }).click();
  await expect(state(window)).toContainText('Everybody has to sign in');
  await expect(window.getByRole('region', { name: 'Accounts' })).toContainText(`${address}as ada`);
  expect((await fetch(`http://${address}/v2/`)).status).toBe(401);
  const authorization = `Basic ${Buffer.from(`ada:${password}`).toString('base64')}`;
  expect((await fetch(`http://${address}/v2/`, { headers: { authorization } })).status).toBe(200);
  await further(window, 'Let everybody in…');
  await expectNoViolations(window);
  await dialogOf(window).getByRole('button', { name: 'Let everybody in and restart' }).click();
  await expect(state(window)).toContainText('Nobody has to sign in');
  // it is told of a container that only starts as well
  await expect(state(window)).toContainText('Running at');
  expect((await fetch(`http://${address}/v2/`)).status).toBe(200);
  await removeRegistry(window, 'Remove its images as well');
});

test('a cache of another registry is added, stopped, started and removed', async ({ engine, window }) => {
  const port = await freePort();
  const gateway = (await engine.docker(['network', 'inspect', 'bridge', '--format', '{{(index .IPAM.Config 0).Gateway}}'])).trim();
  await engine.docker(['run', '--detach', '--name', 'elsewhere', '--publish', `${gateway}:${port}:5000`, 'registry:2']);
  await showPage(window, 'Registry');
  const others = window.getByRole('region', { name: 'Other registries on this computer' });
  await others.getByRole('button', { name: 'Add a cache…' }).click();
  await dialogOf(window).getByLabel('Registry').fill('a b');
  await expect(dialogOf(window)).toContainText('Only the address of the registry counts');
  await dialogOf(window).getByLabel('Registry').fill(`http://${gateway}:${port}`);
  await expectNoViolations(window);
  await dialogOf(window).getByRole('button', { name: 'Start the cache' }).click();
  const row = others.getByRole('listitem', { name: /^layerdeck-cache/ });
  await expect(row).toContainText(`A cache of ${gateway}:${port}, which takes no pushes`);
  await expect(row.getByRole('button', { name: /^Use as my registry/ })).toBeHidden();
  await expectNoViolations(window);
  await row.getByRole('button', { name: /^Stop/ }).click();
  await expect(row).toContainText('Stopped');
  await row.getByRole('button', { name: /^Start/ }).click();
  await expect(row).not.toContainText('Stopped');
  await row.getByRole('button', { name: /^Remove/ }).click();
  await expectNoViolations(window);
  await dialogOf(window).getByRole('button', { name: 'Remove the cache' }).click();
  await expect(row).toBeHidden();
  expect(await engine.docker(['volume', 'ls', '--quiet'])).not.toContain('layerdeck-cache');
  await engine.docker(['rm', '--force', '--volumes', 'elsewhere']);
});
