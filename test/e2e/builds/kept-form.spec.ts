import { dropFiles } from '../../../tools/drive/drop-files.ts';
import { expect, test } from '../../support/window/app.ts';
import { chooseFolder } from '../../support/window/build-in-window.ts';
import { dialogOf } from '../../support/window/find-in-window.ts';
import { tarOf } from '../../support/window/made-images.ts';
import { WorkFolder } from '../../support/work-folder.ts';

test('neither a click beside a filled form nor a dropped file loses it; the file is shown after it', async ({ app, window }) => {
  using folder = new WorkFolder({ Dockerfile: 'FROM layerdeck/base:1\n', 'notes.tar': await tarOf({ file: 'x' }) });
  await chooseFolder(app, window, folder.path);
  const name = dialogOf(window).getByLabel('Name and tag', { exact: true });
  await name.fill('e2e-kept:1');
  await window.mouse.click(5, 300);
  await expect(name).toHaveValue('e2e-kept:1');
  await dropFiles(window, [folder.file('notes.tar')]);
  await expect(window.getByRole('status').filter({ hasText: '“notes.tar” is waiting' })).toBeVisible();
  await expect(name).toHaveValue('e2e-kept:1');
  await dialogOf(window).getByRole('button', { name: 'Cancel' }).click();
  await expect(dialogOf(window).getByRole('list', { name: 'To load' })).toContainText('notes.tar');
  await window.keyboard.press('Escape');
  await expect(dialogOf(window)).toHaveCount(0);
});

test('a folder dropped on a build dialog without one is taken', async ({ window }) => {
  using folder = new WorkFolder({ Dockerfile: 'FROM layerdeck/base:1\n' });
  await window.getByRole('button', { name: 'Build…' }).click();
  await dropFiles(window, [folder.path]);
  await expect(dialogOf(window).getByLabel('Name and tag', { exact: true })).toBeVisible();
});
