import { dropFiles } from '../../../tools/drive/drop-files.ts';
import { expect, test } from '../../support/window/app.ts';
import {
  buildAgain,
  builders,
  buildHeading,
  chooseBuilder,
  chooseFolder,
  showLog,
  startBuild,
  stepOf,
} from '../../support/window/build-in-window.ts';
import { dialogOf } from '../../support/window/find-in-window.ts';
import { imageId } from '../../support/window/read-engine.ts';
import { WorkFolder } from '../../support/work-folder.ts';

for (const builder of builders) {
  test.describe(`with ${builder}`, () => {
    test.beforeEach(({ window }) => chooseBuilder(window, builder));

    test('a chosen folder is built under several names, and is cached the second time', async ({ engine, app, window }) => {
      const mark = `mark-${Math.random()}`;
      using folder = new WorkFolder({
        Dockerfile: `FROM layerdeck/base:1\nRUN echo ${mark}\nCOPY . /files\n`,
        '.dockerignore': 'secret\n',
        'a.txt': 'x',
        secret: 'x',
      });
      const name = `e2e-${builder.toLowerCase()}`;
      await chooseFolder(app, window, folder.path);
      await expect(dialogOf(window)).toContainText(folder.path);
      await expect(dialogOf(window)).toContainText('left out by .dockerignore');
      await dialogOf(window).getByRole('button', { name: 'Add another name' }).click();
      await dialogOf(window).getByLabel('Name and tag 2').fill(`${name}:two`);
      await startBuild(window, `${name}:one`);
      await expect(buildHeading(window, `${name}:one is built`)).toBeVisible();
      await expect(window.getByText(builder === 'BuildKit' ? 'with BuildKit' : 'with the classic builder')).toBeVisible();
      await expect(stepOf(window, mark)).toContainText('built');
      await expect(await showLog(window)).toContainText(mark);

      const id = await imageId(engine, `${name}:one`);
      expect(await imageId(engine, `${name}:two`)).toBe(id);
      expect((await engine.docker(['run', '--rm', id, 'ls', '/files'])).split('\n').filter(Boolean)).not.toContain('secret');
      expect(await engine.docker(['run', '--rm', id, 'ls', '/files'])).toContain('a.txt');

      await buildAgain(window);
      await expect(stepOf(window, mark)).toContainText('from cache');
      await expect(stepOf(window, 'COPY . /files')).toContainText('from cache');
      await expect(buildHeading(window, `${name}:one is built`)).toBeVisible();
      expect(await imageId(engine, `${name}:one`)).toBe(id);

      await window.getByRole('button', { name: 'Show the image' }).click();
      await expect(window.getByRole('list', { name: 'Layers, newest first' })).toBeVisible();
    });

    test('a dropped folder is built with a build argument up to a stage', async ({ engine, window }) => {
      const name = `e2e-stage-${builder.toLowerCase()}:1`;
      const colour = `colour-${Math.random()}`;
      using folder = new WorkFolder({
        'docker/Dockerfile': 'FROM scratch\n',
        Dockerfile:
          'FROM layerdeck/base:1 AS first\nARG COLOUR=grey\nRUN echo $COLOUR > /colour\nFROM first AS second\nRUN touch /second\n',
      });
      await dropFiles(window, [folder.path]);
      const dialog = dialogOf(window);
      await dialog.getByText('Options and build arguments').click();
      await expect(dialog.getByLabel('COLOUR')).toHaveValue('grey');
      await dialog.getByLabel('COLOUR').fill(colour);
      await dialog.getByRole('combobox', { name: 'Stop after the stage' }).click();
      await window.getByRole('option', { name: 'first' }).click();
      await startBuild(window, name);
      await expect(buildHeading(window, `${name} is built`)).toBeVisible();
      expect((await engine.docker(['run', '--rm', name, 'cat', '/colour'])).trim()).toBe(colour);
      await expect(engine.docker(['run', '--rm', name, 'ls', '/second'])).rejects.toThrow();
    });
  });
}

test('a folder without a Dockerfile is refused in a sentence', async ({ window }) => {
  using folder = new WorkFolder({ 'readme.txt': 'x' });
  await dropFiles(window, [folder.path]);
  await expect(dialogOf(window).getByRole('alert')).toContainText('has no Dockerfile');
  await expect(dialogOf(window).getByRole('button', { name: 'Build', exact: true })).toHaveCount(0);
});

test('a name that cannot be one is refused before anything starts', async ({ app, window }) => {
  using folder = new WorkFolder({ Dockerfile: 'FROM layerdeck/base:1\n' });
  await chooseFolder(app, window, folder.path);
  const field = dialogOf(window).getByLabel('Name and tag', { exact: true });
  for (const [text, reason] of [
    ['My-App:1', 'Names have lowercase letters only.'],
    ['app name', 'can only have lowercase letters and digits'],
    ['localhost:5000/', 'The name is missing.'],
    [`app@sha256:${'0'.repeat(64)}`, 'A digest comes from the content'],
  ] as const) {
    await field.fill(text);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(dialogOf(window)).toContainText(reason);
    await field.press('Enter');
    await expect(dialogOf(window).getByRole('button', { name: 'Build', exact: true })).toBeDisabled();
  }
  await window.keyboard.press('Escape');
  await window.getByRole('button', { name: /^Activity/ }).click();
  await expect(dialogOf(window).getByRole('listitem', { name: /app/i })).toHaveCount(0);
});

test('closing the dialog without a folder starts nothing', async ({ app, window }) => {
  await chooseFolder(app, window, '');
  await expect(dialogOf(window)).toContainText('No folder yet');
  await dialogOf(window).getByRole('button', { name: 'Cancel' }).click();
  await expect(dialogOf(window)).toHaveCount(0);
});
