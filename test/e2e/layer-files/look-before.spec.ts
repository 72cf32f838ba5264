import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerSaveDialog } from '../../../tools/drive/answer-dialogs.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { expect, test } from '../../support/window/app.ts';
import { archivedImage, chooseFiles } from '../../support/window/archive-in-window.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { fileAside, fileLine, fileTree } from '../../support/window/files-in-window.ts';
import { dialogOf, showPage } from '../../support/window/find-in-window.ts';
import { imageId } from '../../support/window/read-engine.ts';

const dockerfile = (own: string) => `FROM layerdeck/base:1
RUN mkdir /look && echo "before you get ${own}" > /look/first
`;

test('the files of an image in a registry are looked at without getting it', async ({ app, engine, window, folder }) => {
  await using registry = await runRegistry();
  const name = `${registry.address}/e2e-look:1`;
  await engine.docker(['build', '--quiet', '--tag', name, '-'], { input: dockerfile('it') });
  await engine.docker(['push', name]);
  await engine.docker(['rmi', name]);
  await showPage(window, 'Images');
  await window.getByRole('button', { name: 'Get an image…' }).click();
  await dialogOf(window).getByLabel('Name and tag').fill(name);
  await dialogOf(window).getByRole('button', { name: 'Look at its files first' }).click();
  await expect(window.getByRole('heading', { name, level: 1 })).toBeVisible();
  await expect(window.getByText('The layers are downloaded from the registry')).toBeVisible();
  await expectNoViolations(window);
  await window.getByRole('button', { name: /^Download / }).click();
  await fileLine(window, 'look').dblclick();
  await fileLine(window, 'first').click();
  await expect(fileAside(window)).toContainText(/up to .* are downloaded from the registry/);
  await fileAside(window).getByRole('button', { name: 'Show what is in it' }).click();
  await expect(fileAside(window)).toContainText('before you get it');
  await answerSaveDialog(app, join(folder, 'first'));
  await fileAside(window).getByRole('button', { name: 'Save a copy…' }).click();
  await expect(fileAside(window)).toContainText('Saved as');
  expect(readFileSync(join(folder, 'first'), 'utf8')).toBe('before you get it\n');
  expect(await imageId(engine, name)).toBe('');
  // the address says it all
  await window.reload();
  await expect(fileTree(window)).toBeVisible();
  await expectNoViolations(window);
});

test('the files of an image in a file are looked at without loading it', async ({ app, engine, window, folder }) => {
  await engine.docker(['build', '--quiet', '--tag', 'example.test/e2e-look-file:1', '-'], { input: dockerfile('that') });
  await engine.docker(['save', '--output', join(folder, 'x.tar'), 'example.test/e2e-look-file:1']);
  await engine.docker(['rmi', 'example.test/e2e-look-file:1']);
  await chooseFiles(app, window, [join(folder, 'x.tar')]);
  await archivedImage(window, 'example.test/e2e-look-file:1').getByRole('button', { name: 'Look at its files' }).click();
  await expect(window.getByText('In a file. No engine has to load it.')).toBeVisible();
  await window.getByRole('button', { name: /^Read / }).click();
  await fileLine(window, 'look').dblclick();
  await fileLine(window, 'first').dblclick();
  await expect(fileAside(window)).toContainText('before you get that');
  expect(await imageId(engine, 'example.test/e2e-look-file:1')).toBe('');
});

test('a slow download says how far it is, goes on while one is elsewhere, and stops when asked to', async ({ engine, window }) => {
  await using registry = await runRegistry();
  using slow = await registry.slowDoor(400_000);
  await makeRandomImage(engine.host, `${registry.address}/e2e-slow-look:1`, 12_000_000);
  await engine.docker(['push', `${registry.address}/e2e-slow-look:1`]);
  const name = `${slow.address}/e2e-slow-look:1`;
  await window.getByRole('button', { name: 'Get an image…' }).click();
  await dialogOf(window).getByLabel('Name and tag').fill(name);
  await dialogOf(window).getByRole('button', { name: 'Look at its files first' }).click();
  await window.getByRole('button', { name: /^Download 12\.0\sMB$/ }).click();
  const reading = window.getByRole('region', { name: 'Reading the files' });
  await expect(reading).toContainText(/of 12\.0\sMB read.*kB\/s/);
  await expect(reading.getByRole('progressbar')).toBeVisible();
  await expectNoViolations(window);
  await showPage(window, 'Disk');
  await window.goBack();
  await expect(reading).toContainText(/of 12\.0\sMB read/);
  await window.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(window.getByRole('button', { name: /^Download 12\.0\sMB$/ })).toBeVisible();
});

test('a registry that is gone is named, and is asked again', async ({ engine, window }) => {
  await using registry = await runRegistry();
  const slow = await registry.slowDoor(1e9);
  await makeRandomImage(engine.host, `${registry.address}/e2e-gone-look:1`, 1_000_000);
  await engine.docker(['push', `${registry.address}/e2e-gone-look:1`]);
  const name = `${slow.address}/e2e-gone-look:1`;
  await window.getByRole('button', { name: 'Get an image…' }).click();
  await dialogOf(window).getByLabel('Name and tag').fill(name);
  const look = dialogOf(window).getByRole('button', { name: 'Look at its files first' });
  await expect(look).toBeVisible();
  slow.slam();
  await look.click();
  await expect(window.getByRole('alert')).toContainText(slow.address);
  await expect(window.getByRole('alert').getByRole('button', { name: 'Try again' })).toBeVisible();
  await expectNoViolations(window);
});
