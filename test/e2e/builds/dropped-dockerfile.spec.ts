import { dropFiles } from '../../../tools/drive/drop-files.ts';
import { expect, test } from '../../support/window/app.ts';
import { buildHeading, startBuild } from '../../support/window/build-in-window.ts';
import { dialogOf } from '../../support/window/find-in-window.ts';
import { imageId } from '../../support/window/read-engine.ts';
import { WorkFolder } from '../../support/work-folder.ts';

test('a Dockerfile that is dropped is built from its folder', async ({ engine, window }) => {
  using folder = new WorkFolder({
    'my app/Dockerfile': 'FROM scratch\n',
    'my app/Dockerfile.dev': `FROM layerdeck/base:1\nRUN echo ${Math.random()}\nCOPY beside /\n`,
    'my app/beside': 'x',
  });
  await dropFiles(window, [folder.file('my app/Dockerfile.dev')]);
  await expect(dialogOf(window)).toContainText(folder.file('my app'));
  await expect(dialogOf(window).getByRole('combobox', { name: 'Dockerfile' })).toHaveValue('Dockerfile.dev');
  await startBuild(window, 'e2e-dropped:1');
  await expect(buildHeading(window, 'e2e-dropped:1 is built')).toBeVisible({ timeout: 30_000 });
  expect(await imageId(engine, 'e2e-dropped:1')).not.toBe('');
});

test('a file of any name is recognised by its content', async ({ window }) => {
  using folder = new WorkFolder({ 'recipe.txt': '# how it is made\nFROM layerdeck/base:1\n' });
  await dropFiles(window, [folder.file('recipe.txt')]);
  await expect(dialogOf(window).getByRole('combobox', { name: 'Dockerfile' })).toHaveValue('recipe.txt');
  await expect(dialogOf(window).getByRole('button', { name: 'Change…' })).toBeVisible();
});
