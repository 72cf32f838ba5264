import { execFileSync } from 'node:child_process';
import { expect, test } from '../../support/window/app.ts';
import { buildHeading, chooseFolder } from '../../support/window/build-in-window.ts';
import { dialogOf } from '../../support/window/find-in-window.ts';
import { imageId } from '../../support/window/read-engine.ts';
import { WorkFolder } from '../../support/work-folder.ts';

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

  // nothing is new: the same name is built again, without a question
  await window.getByRole('button', { name: 'Build again' }).click();
  await expect(buildHeading(window, 'e2e-bump:1.1.0 is built')).toBeVisible();
  await expect(form).toHaveCount(0);
});

test('a name from the git tag also follows VERSION, and the words say why', async ({ app, window, engine }) => {
  using folder = new WorkFolder({
    'e2e-tagged/Dockerfile': 'FROM layerdeck/base:1\nCOPY VERSION /\n',
    'e2e-tagged/VERSION': '1.0.0\n',
  });
  const git = (...args: string[]) => {
    const who = ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false'];
    execFileSync('git', [...who, ...args], { cwd: folder.file('e2e-tagged'), stdio: 'ignore' });
  };
  git('init');
  git('add', '.');
  git('commit', '-m', 'first');
  git('tag', 'v1.0.0');
  await chooseFolder(app, window, folder.file('e2e-tagged'));
  const form = dialogOf(window);
  const name = form.getByLabel('Name and tag', { exact: true });
  await expect(name).toHaveValue('e2e-tagged:1.0.0');
  await form.getByRole('button', { name: 'Build', exact: true }).click();
  await expect(buildHeading(window, 'e2e-tagged:1.0.0 is built')).toBeVisible();
  const released = await imageId(engine, 'e2e-tagged:1.0.0');

  // the tag is still there, but names something other than what is built
  folder.write('e2e-tagged/VERSION', '1.1.0\n');
  await window.getByRole('button', { name: 'Build again' }).click();
  await expect(name).toHaveValue('e2e-tagged:1.1.0');
  await expect(form).toContainText('What is checked out still has the git tag v1.0.0, but VERSION says 1.1.0 now, so the new image');
  await form.getByRole('button', { name: 'Cancel' }).click();
  await window.getByRole('button', { name: 'Change…' }).click();
  await expect(name).toHaveValue('e2e-tagged:1.1.0');
  await form.getByRole('button', { name: 'Cancel' }).click();

  git('commit', '-a', '-m', 'second');
  await window.getByRole('button', { name: 'Build again' }).click();
  await expect(form).toContainText(
    'Layerdeck no longer finds the git tag v1.0.0 on what is checked out; VERSION says 1.1.0, so the new image',
  );
  await form.getByRole('button', { name: 'Build', exact: true }).click();
  await expect(buildHeading(window, 'e2e-tagged:1.1.0 is built')).toBeVisible();
  expect(await imageId(engine, 'e2e-tagged:1.0.0')).toBe(released);
});

test('a failed build that is tried again from the list of tasks also asks about its name', async ({ app, window }) => {
  using folder = new WorkFolder({
    'e2e-failing/Dockerfile': 'FROM layerdeck/base:1\nRUN exit 3\n',
    'e2e-failing/VERSION': '1.0.0\n',
  });
  await chooseFolder(app, window, folder.file('e2e-failing'));
  const form = dialogOf(window);
  await form.getByRole('button', { name: 'Build', exact: true }).click();
  await expect(buildHeading(window, 'e2e-failing:1.0.0 was not built')).toBeVisible();
  folder.write('e2e-failing/VERSION', '1.1.0\n');
  await window.getByRole('button', { name: /^Activity/ }).click();
  await window.getByRole('listitem').filter({ hasText: 'Build e2e-failing:1.0.0' }).getByRole('button', { name: 'Try again' }).click();
  await expect(form.getByLabel('Name and tag', { exact: true })).toHaveValue('e2e-failing:1.1.0');
});
