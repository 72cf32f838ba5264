import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerSaveDialog } from '../../../tools/drive/answer-dialogs.ts';
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
  await engine.docker(['build', '--quiet', '--tag', 'e2e-look-file:1', '-'], { input: dockerfile('that') });
  await engine.docker(['save', '--output', join(folder, 'x.tar'), 'e2e-look-file:1']);
  await engine.docker(['rmi', 'e2e-look-file:1']);
  await chooseFiles(app, window, [join(folder, 'x.tar')]);
  await archivedImage(window, 'e2e-look-file:1').getByRole('button', { name: 'Look at its files' }).click();
  await expect(window.getByText('In a file. No engine has to load it.')).toBeVisible();
  await window.getByRole('button', { name: /^Read / }).click();
  await fileLine(window, 'look').dblclick();
  await fileLine(window, 'first').dblclick();
  await expect(fileAside(window)).toContainText('before you get that');
  expect(await imageId(engine, 'e2e-look-file:1')).toBe('');
});
