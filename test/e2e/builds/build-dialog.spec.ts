import { answerOpenDialog } from '../../../tools/drive/answer-dialogs.ts';
import { dropFiles } from '../../../tools/drive/drop-files.ts';
import { expect, test } from '../../support/window/app.ts';
import { buildButton, choose, group, nameField, openOptions, run } from '../../support/window/build-form.ts';
import { builders, buildHeading, chooseBuilder, startBuild } from '../../support/window/build-in-window.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf } from '../../support/window/find-in-window.ts';
import { imageId } from '../../support/window/read-engine.ts';
import { WorkFolder } from '../../support/work-folder.ts';

test.beforeEach(({ window }) => chooseBuilder(window, 'BuildKit'));

test('names come from the folder, its version and the usual tags beside it', async ({ engine, window }) => {
  using folder = new WorkFolder({
    Dockerfile: `FROM layerdeck/base:1\nRUN echo ${Math.random()}\n`,
    'package.json': '{"name":"@e2e-team/hello","version":"1.4.1"}',
    VERSION: '1.4.2\n',
  });
  await dropFiles(window, [folder.path]);
  await expect(nameField(window)).toHaveValue('e2e-team/hello:1.4.2');
  const proposals = group(window, 'Proposed names');
  await proposals.getByRole('button', { name: 'e2e-team/hello:1.4.1 from package.json' }).click();
  await expect(nameField(window)).toHaveValue('e2e-team/hello:1.4.1');
  await proposals.getByRole('button', { name: 'e2e-team/hello:1.4.2 from VERSION' }).click();
  await group(window, 'Further tags').getByRole('checkbox', { name: '1.4', exact: true }).check();
  await group(window, 'Further tags').getByRole('checkbox', { name: 'latest' }).check();
  await buildButton(window).click();
  await expect(buildHeading(window, 'e2e-team/hello:1.4.2 is built')).toBeVisible({ timeout: 30_000 });
  const id = await imageId(engine, 'e2e-team/hello:1.4.2');
  for (const tag of ['1.4', 'latest']) expect(await imageId(engine, `e2e-team/hello:${tag}`)).toBe(id);
  expect(await imageId(engine, 'e2e-team/hello:1')).toBe('');
});

test('a Dockerfile of any name is chosen by hand, inside the folder or outside, and what was typed stays', async ({
  engine,
  app,
  window,
}) => {
  const mark = `mark-${Math.random()}`;
  using folder = new WorkFolder({ 'a.txt': '' });
  using elsewhere = new WorkFolder({
    recipe: `FROM layerdeck/base:1\nARG A=1 B=2\nRUN echo ${mark} > /mark\n`,
    other: 'FROM layerdeck/base:1\n',
  });
  await dropFiles(window, [folder.path]);
  await expect(dialogOf(window).getByRole('alert')).toContainText('has no Dockerfile');
  await answerOpenDialog(app, [elsewhere.file('other')]);
  await dialogOf(window).getByRole('button', { name: 'Choose the Dockerfile…' }).click();
  await expect(dialogOf(window).getByRole('combobox', { name: 'Dockerfile' })).toHaveValue(elsewhere.file('other'));
  await nameField(window).fill('e2e/outside:1');
  await answerOpenDialog(app, [elsewhere.file('recipe')]);
  await dialogOf(window).getByRole('button', { name: 'Choose another…' }).click();
  await expect(dialogOf(window).getByRole('combobox', { name: 'Dockerfile' })).toHaveValue(elsewhere.file('recipe'));
  await expect(nameField(window)).toHaveValue('e2e/outside:1');
  await openOptions(window);
  for (const [name, value] of Object.entries({ A: '1', B: '2' }))
    await expect(dialogOf(window).getByLabel(name, { exact: true })).toHaveValue(value);
  await expectNoViolations(window);
  await buildButton(window).click();
  await expect(buildHeading(window, 'e2e/outside:1 is built')).toBeVisible({ timeout: 30_000 });
  expect((await run(engine, 'e2e/outside:1', 'cat', '/mark')).trim()).toBe(mark);
});

test('stage, argument and label decide what is built, even from a Dockerfile further down', async ({ engine, window }) => {
  const colour = `colour-${Math.random()}`;
  using folder = new WorkFolder({
    Dockerfile: 'FROM scratch\n',
    'services/api/Dockerfile.prod':
      'FROM layerdeck/base:1 AS first\nARG COLOUR=grey\nRUN echo $COLOUR > /colour\nFROM first AS second\nRUN touch /second\n',
  });
  await dropFiles(window, [folder.path]);
  await choose(window, 'Dockerfile', 'services/api/Dockerfile.prod');
  await openOptions(window);
  await choose(window, 'Stop after the stage', 'first');
  await dialogOf(window).getByLabel('COLOUR', { exact: true }).fill(colour);
  await dialogOf(window).getByRole('button', { name: 'Add a label' }).click();
  await dialogOf(window).getByLabel('Name of the label').fill('org.example.team');
  await dialogOf(window).getByLabel('Value of the label').fill('two words');
  await startBuild(window, 'e2e-options:1');
  await expect(buildHeading(window, 'e2e-options:1 is built')).toBeVisible({ timeout: 30_000 });
  expect((await run(engine, 'e2e-options:1', 'cat', '/colour')).trim()).toBe(colour);
  await expect(run(engine, 'e2e-options:1', 'ls', '/second')).rejects.toThrow();
  const labels = await engine.docker(['image', 'inspect', '--format', '{{json .Config.Labels}}', 'e2e-options:1']);
  expect(JSON.parse(labels)).toMatchObject({ 'org.example.team': 'two words' });
});

test('options that only BuildKit has can’t be chosen with the classic builder, and say why', async ({ window }) => {
  await chooseBuilder(window, 'classic');
  using folder = new WorkFolder({ Dockerfile: 'FROM layerdeck/base:1\n' });
  await dropFiles(window, [folder.path]);
  await openOptions(window);
  await expect(group(window, 'Secrets')).toContainText('Only BuildKit can do this.');
  await expect(group(window, 'Secrets').getByRole('button')).toHaveCount(0);
  await expect(group(window, 'SSH keys')).toContainText('Only BuildKit can do this.');
  await expect(group(window, 'Reuse').getByRole('checkbox', { name: /Store in the image/ })).toBeDisabled();
  await expectNoViolations(window);
});

for (const builder of builders) {
  test(`${builder}: an image that is asked for without a tag and is here under others is named before the build`, async ({
    engine,
    window,
  }) => {
    const name = `e2e_tags_${builder.toLowerCase()}`;
    await chooseBuilder(window, builder);
    await engine.docker(['tag', 'layerdeck/base:1', `${name}:ver_1`]);
    using folder = new WorkFolder({
      Dockerfile: `ARG BASE=${name}\nFROM layerdeck/base:1 AS one\nFROM $BASE AS two\nRUN echo ${Math.random()}\n`,
      'Other.Dockerfile': `FROM ${name}:ver_1 AS one\nFROM one\n`,
    });
    await dropFiles(window, [folder.path]);
    const note = dialogOf(window)
      .getByRole('note')
      .filter({ hasText: `Line 3 of the Dockerfile asks for ${name}:latest, which isn’t here` });
    await expect(note).toContainText(`You have ${name}:ver_1.`);
    await expectNoViolations(window);
    // only what is chosen in the form counts
    await openOptions(window);
    await dialogOf(window).getByLabel('BASE', { exact: true }).fill(`${name}:ver_1`);
    await expect(note).toHaveCount(0);
    await dialogOf(window).getByLabel('BASE', { exact: true }).fill(name);
    await expect(note).toBeVisible();
    await choose(window, 'Stop after the stage', 'one');
    await expect(note).toHaveCount(0);
    await choose(window, 'Stop after the stage', 'two');
    await expect(note).toBeVisible();
    await choose(window, 'Dockerfile', 'Other.Dockerfile');
    await expect(note).toHaveCount(0);
    await choose(window, 'Dockerfile', 'Dockerfile');
    await expect(note).toBeVisible();
    // once the image is here, the note goes away by itself, and the build agrees
    await engine.docker(['tag', 'layerdeck/base:1', `${name}:latest`]);
    await expect(note).toHaveCount(0);
    await startBuild(window, `${name}_built:1`);
    await expect(buildHeading(window, `${name}_built:1 is built`)).toBeVisible({ timeout: 30_000 });
    await engine.docker(['rmi', `${name}:ver_1`, `${name}:latest`]);
  });
}

test('an image that is not here stops nobody from building', async ({ engine, window }) => {
  await engine.docker(['tag', 'layerdeck/base:1', 'localhost:9/e2e_missing:ver_1']);
  using folder = new WorkFolder({ Dockerfile: 'FROM localhost:9/e2e_missing\nRUN true\n' });
  await dropFiles(window, [folder.path]);
  await expect(dialogOf(window).getByRole('note')).toContainText('asks for localhost:9/e2e_missing:latest, which isn’t here');
  await startBuild(window, 'e2e-missing:1');
  await expect(window.getByRole('alert')).toContainText(
    'You have localhost:9/e2e_missing:ver_1. Write FROM localhost:9/e2e_missing:ver_1 on line 1',
    {
      timeout: 30_000,
    },
  );
  await engine.docker(['rmi', 'localhost:9/e2e_missing:ver_1']);
});
