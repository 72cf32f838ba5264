import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { answerOpenDialog } from '../../../tools/drive/answer-dialogs.ts';
import type { Engine } from '../../../tools/engine/engine.ts';
import { keepPort } from '../../support/keep-port.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { s3Login, startS3 } from '../../support/s3-server.ts';
import { expect, test } from '../../support/window/app.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf, showPage } from '../../support/window/find-in-window.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const state = (window: Page) => window.getByRole('region', { name: 'Registry state' });

/** Pushes a small image to the registry, as docker's own command does. */
async function push(engine: Engine, name: string): Promise<void> {
  const address = (await engine.docker(['port', 'layerdeck-registry', '5000'])).trim().replace('127.0.0.1', 'localhost');
  await makeRandomImage(engine.host, `${address}/${name}`, 30_000_000);
  await engine.docker(['push', `${address}/${name}`]);
}

async function chooseStorage(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'More for the registry' }).click();
  await window.getByRole('menuitem', { name: 'Where its images are kept…' }).click();
}

test('its images are taken along into a folder, which is said to hold other things, and it goes back to its volume', async ({
  engine,
  app,
  window,
}) => {
  using folder = new WorkFolder();
  writeFileSync(folder.file('letters.txt'), 'x');
  await keepPort(engine);
  await showPage(window, 'Registry');
  await window.getByRole('button', { name: 'Start the registry' }).click();
  await expect(state(window)).toContainText('Running at');
  await push(engine, 'e2e-stored:1');
  await chooseStorage(window);
  const dialog = dialogOf(window);
  await expect(dialog).toContainText('Now in the volume layerdeck-registry');
  await expect(dialog.getByRole('button', { name: /^(?:Use|Copy)/ })).toBeDisabled();
  await expectNoViolations(window);
  await answerOpenDialog(app, [folder.path]);
  await dialog.getByRole('button', { name: 'Choose a folder…' }).click();
  await expect(dialog).toContainText('One other file or folder is in it');
  await expect(dialog).toContainText('No registry has kept anything in it yet');
  await expectNoViolations(window);
  await dialog.getByRole('radio', { name: 'Copy it there' }).check();
  await dialog.getByRole('button', { name: /^Copy .* and restart$/ }).click();
  await expect(state(window)).toContainText(`In the folder ${folder.path}`);
  await expect(state(window)).toContainText(`The registry keeps its images in ${folder.path}`);
  await expectNoViolations(window);
  expect(existsSync(join(folder.path, 'docker', 'registry', 'v2'))).toBe(true);

  await chooseStorage(window);
  await expect(dialog).toContainText('The volume still has what the registry had before');
  await dialog.getByRole('button', { name: 'Remove it…' }).click();
  await expect(dialog).toContainText('Images that aren’t there are gone then');
  await expectNoViolations(window);
  await dialog.getByRole('button', { name: /^Remove \d/ }).click();
  await expect(dialog).toBeHidden();
  expect(await engine.docker(['volume', 'ls', '--quiet'])).not.toMatch(/^layerdeck-registry$/m);

  await chooseStorage(window);
  await dialog.getByRole('radio', { name: 'In the engine’s volume' }).check();
  await expect(dialog).toContainText('What is elsewhere now stays there.');
  await dialog.getByRole('button', { name: 'Use the volume and restart' }).click();
  await expect(state(window)).toContainText('In the volume layerdeck-registry');
});

test('a folder that can’t be used says why, and one with a registry’s images is used as it is', async ({ engine, app, window }) => {
  using folder = new WorkFolder();
  mkdirSync(folder.file('docker'));
  writeFileSync(folder.file('docker/compose.yml'), '');
  await keepPort(engine);
  await engine.docker(['rm', '--force', 'layerdeck-registry']);
  await showPage(window, 'Registry');
  await window.getByRole('button', { name: 'Choose its storage…' }).click();
  const dialog = dialogOf(window);
  await answerOpenDialog(app, [folder.path]);
  await dialog.getByRole('button', { name: 'Choose a folder…' }).click();
  await expect(dialog).toContainText('Something else is called “docker” in that folder');
  await expectNoViolations(window);
  mkdirSync(folder.file('team/docker/registry/v2/repositories/tools/web/_manifests'), { recursive: true });
  await answerOpenDialog(app, [folder.file('team')]);
  await dialog.getByRole('button', { name: 'Choose another folder…' }).click();
  await expect(dialog).toContainText('1 repository of a registry is in it, and is used as it is.');
  await expectNoViolations(window);
  await dialog.getByRole('button', { name: 'Use the folder and start' }).click();
  await expect(state(window)).toContainText(`In the folder ${folder.file('team')}`);
  await expect(state(window)).toContainText('Running at');
});

test('S3-compatible storage is tried before it is used, and its card says where its images are', async ({ engine, window }) => {
  const ip = (await engine.docker(['network', 'inspect', 'bridge', '--format', '{{(index .IPAM.Config 0).Gateway}}'])).trim();
  await using s3 = await startS3({ host: ip });
  await keepPort(engine);
  await engine.docker(['rm', '--force', 'layerdeck-registry']);
  await showPage(window, 'Registry');
  await window.getByRole('button', { name: 'Choose its storage…' }).click();
  const dialog = dialogOf(window);
  await dialog.getByRole('radio', { name: 'In S3-compatible storage' }).check();
  await dialog.getByLabel('Address').fill('s3.example');
  await expect(dialog).toContainText('Enter the address of the storage with http:// or https://');
  await dialog.getByLabel('Address').fill(s3.endpoint);
  await dialog.getByLabel('Bucket').fill(s3.bucket);
  await dialog.getByLabel('Access key').fill('ключ');
  await expect(dialog).toContainText('An access key has Latin letters');
  await dialog.getByLabel('Access key').fill(s3Login.key);
  await dialog.getByLabel('Secret key', { exact: true }).fill('wrong');
  await expect(dialog).toContainText('Whoever may use the engine can read the secret key');
  await expectNoViolations(window);
  await dialog.getByRole('button', { name: 'Try it, use it and start' }).click();
  await expect(dialog).toContainText('The access key or the secret key is wrong');
  await expectNoViolations(window);
  await dialog.getByLabel('Secret key', { exact: true }).fill(s3Login.secret);
  await dialog.getByRole('button', { name: 'Try it, use it and start' }).click();
  await expect(state(window)).toContainText(`In S3-compatible storage, ${new URL(s3.endpoint).host}/${s3.bucket}`);
  await expect(state(window)).toContainText('Running at');
  await push(engine, 'e2e-s3:1');
  expect(await s3.keys()).toContain('docker/registry/v2/repositories/e2e-s3/_manifests/tags/1/current/link');
  await expectNoViolations(window);
});

test('storage that only this computer reaches is refused by the container, and can be chosen again', async ({ engine, window }) => {
  await using s3 = await startS3();
  await keepPort(engine);
  await engine.docker(['rm', '--force', 'layerdeck-registry']);
  await showPage(window, 'Registry');
  await window.getByRole('button', { name: 'Choose its storage…' }).click();
  const dialog = dialogOf(window);
  await dialog.getByRole('radio', { name: 'In S3-compatible storage' }).check();
  await dialog.getByLabel('Address').fill(s3.endpoint);
  await dialog.getByLabel('Bucket').fill(s3.bucket);
  await dialog.getByLabel('Access key').fill(s3Login.key);
  await dialog.getByLabel('Secret key', { exact: true }).fill(s3Login.secret);
  await dialog.getByRole('button', { name: 'Try it, use it and start' }).click();
  const failure = window.getByRole('alert').filter({ hasText: 'The registry can’t keep anything at' });
  await expect(failure).toContainText('“localhost” is the container itself');
  await expect(failure).not.toContainText(s3Login.secret);
  await expectNoViolations(window);
  await failure.getByRole('button', { name: 'Choose its storage…' }).click();
  await expect(dialog).toContainText('Where the registry keeps its images');
});
