import { WorkFolder } from '../support/work-folder.ts';
import { expect, test } from './app.ts';
import { buildHeading, chooseFolder } from './build-in-window.ts';
import { dialogOf } from './find-in-window.ts';
import { imageId } from './read-engine.ts';

test('after a new VERSION, “Build again” proposes the new name and leaves the released one alone', async ({ app, window, engine }) => {
  using folder = new WorkFolder({
    Dockerfile: 'FROM layerdeck/base:1\nCOPY VERSION /\n',
    VERSION: '1.0.0\n',
    'package.json': '{"name":"e2e-bump"}',
  });
  await chooseFolder(app, window, folder.path);
  await dialogOf(window).getByRole('checkbox', { name: '1.0', exact: true }).check();
  await dialogOf(window).getByRole('button', { name: 'Build', exact: true }).click();
  await expect(buildHeading(window, 'e2e-bump:1.0.0 is built')).toBeVisible();
  const released = await imageId(engine, 'e2e-bump:1.0.0');

  folder.write('VERSION', '1.1.0\n');
  await window.getByRole('button', { name: 'Build again' }).click();
  const form = dialogOf(window);
  await expect(form.getByRole('status').filter({ hasText: 'The version in VERSION has changed' })).toContainText(
    'e2e-bump:1.0.0 stays as it is',
  );
  await expect(form.getByLabel('Name and tag', { exact: true })).toHaveValue('e2e-bump:1.1.0');
  await expect(form.getByRole('checkbox', { name: '1.1', exact: true })).toBeChecked();
  await form.getByRole('button', { name: 'Build', exact: true }).click();
  await expect(buildHeading(window, 'e2e-bump:1.1.0 is built')).toBeVisible();
  expect(await imageId(engine, 'e2e-bump:1.0.0')).toBe(released);
  expect(await imageId(engine, 'e2e-bump:1.1')).toBe(await imageId(engine, 'e2e-bump:1.1.0'));

  // nothing is new now: the same is built under the same name, without a question
  await window.getByRole('button', { name: 'Build again' }).click();
  await expect(buildHeading(window, 'e2e-bump:1.1.0 is built')).toBeVisible();
  await expect(form).toHaveCount(0);
});
