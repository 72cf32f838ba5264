import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { answerSaveDialog } from '../../../tools/drive/answer-dialogs.ts';
import { dropFiles } from '../../../tools/drive/drop-files.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { expect, test } from '../../support/window/app.ts';
import { dialogOf, rowOf, showPage } from '../../support/window/find-in-window.ts';
import { headline } from '../../support/window/transfer-in-window.ts';

test('from one registry to another, and into a file that can be loaded', async ({ engine, app, window, folder }) => {
  await using source = await runRegistry();
  await using target = await runRegistry();
  const from = `${source.address}/e2e-copy:1`;
  await makeRandomImage(engine.host, from, 400_000);
  await engine.docker(['push', from]);
  await engine.docker(['rmi', from]);
  await showPage(window, 'Registry');
  await window.getByRole('button', { name: 'Copy an image…' }).click();
  const dialog = dialogOf(window);
  await dialog.getByRole('combobox', { name: 'From' }).fill(from);
  await dialog.getByRole('combobox', { name: 'Name there' }).fill(`${target.address}/moved/e2e-copy:2`);
  await expect(dialog.getByRole('region', { name: 'Forecast' })).toContainText(/Sends 400\skB: 1\slayer\./);
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(headline(window, `Everyone on this computer can now get ${target.address}/moved/e2e-copy:2`)).toBeVisible();
  await expect(window.getByRole('region', { name: 'Result' })).toContainText(/1\slayer sent, 400\skB\./);
  expect(await target.digestOf('moved/e2e-copy', '2')).toBe(await source.digestOf('e2e-copy', '1'));

  const path = join(folder, 'copied.tar');
  await answerSaveDialog(app, path);
  await showPage(window, 'Registry');
  await window.getByRole('button', { name: 'Copy an image…' }).click();
  await dialog.getByRole('combobox', { name: 'From' }).fill(from);
  await dialog.getByRole('radio', { name: 'A file' }).check();
  await expect(dialog.getByRole('region', { name: 'Forecast' })).toContainText(/Writes about 400\skB/);
  await dialog.getByRole('button', { name: 'Choose a place…' }).click();
  await expect(headline(window, 'The image is in the file now')).toBeVisible();
  await engine.docker(['load', '--input', path]);
  await showPage(window, 'Images');
  await expect(rowOf(window, from)).toBeVisible();
});

test('an image of the engine is published under another name', async ({ engine, window }) => {
  await using target = await runRegistry();
  await makeRandomImage(engine.host, 'e2e-publish:1', 300_000);
  await showPage(window, 'Images');
  await rowOf(window, 'e2e-publish:1').getByRole('button', { name: 'Actions for e2e-publish:1' }).click();
  await window.getByRole('menuitem', { name: 'Copy to a registry…' }).click();
  await dialogOf(window).getByRole('combobox', { name: 'Name there' }).fill(`${target.address}/team/published:1.0`);
  await expect(dialogOf(window).getByRole('region', { name: 'Forecast' })).toContainText(/Sends 300\skB: 1\slayer\./);
  await dialogOf(window).getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(headline(window, 'can now get')).toContainText(`${target.address}/team/published:1.0`);
  expect(await target.tagsOf('team/published')).toEqual(['1.0']);
});

test('without an engine a tarball still gets into a registry', async ({ engine, launch, folder }) => {
  await using target = await runRegistry();
  const reference = 'e2e-no-engine:1';
  await makeRandomImage(engine.host, reference, 300_000);
  const path = join(folder, 'no-engine.tar');
  await engine.docker(['save', '--output', path, reference]);
  const app = await launch({ host: `unix://${join(folder, 'nobody.sock')}` });
  const window = await app.firstWindow();
  await expect(window.getByRole('heading', { name: /engine/i }).first()).toBeVisible();
  await dropFiles(window, [path]);
  await dialogOf(window).getByRole('button', { name: 'Copy to a registry…' }).click();
  await dialogOf(window).getByRole('combobox', { name: 'Name there' }).fill(`${target.address}/from-file:1`);
  await expect(dialogOf(window).getByRole('region', { name: 'Forecast' })).toContainText(/Sends at most/);
  await dialogOf(window).getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(headline(window, 'can now get')).toBeVisible();
  expect(await target.tagsOf('from-file')).toEqual(['1']);
  expect(existsSync(path)).toBe(true);
});
