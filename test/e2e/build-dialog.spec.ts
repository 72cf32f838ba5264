import type { Page } from '@playwright/test';
import { answerOpenDialog } from '../../tools/drive/answer-dialogs.ts';
import { dropFiles } from '../../tools/drive/drop-files.ts';
import type { Engine } from '../../tools/engine/engine.ts';
import { SshAgent } from '../support/ssh-agent.ts';
import { WorkFolder } from '../support/work-folder.ts';
import { expect, test } from './app.ts';
import { builders, buildHeading, chooseBuilder, startBuild } from './build-in-window.ts';
import { expectNoViolations } from './expect-no-violations.ts';
import { dialogOf, showPage } from './find-in-window.ts';
import { imageId } from './read-engine.ts';

const nameField = (window: Page) => dialogOf(window).getByLabel('Name and tag', { exact: true });
const buildButton = (window: Page) => dialogOf(window).getByRole('button', { name: 'Build', exact: true });
const openOptions = (window: Page) => dialogOf(window).locator('summary').click();
const group = (window: Page, name: string | RegExp) => dialogOf(window).getByRole('group', { name });

async function choose(window: Page, select: string, option: string): Promise<void> {
  await dialogOf(window).getByRole('combobox', { name: select }).click();
  await window.getByRole('option', { name: option, exact: true }).click();
}

const run = (engine: Engine, image: string, ...command: string[]) => engine.docker(['run', '--rm', image, ...command]);

test.beforeEach(({ window }) => chooseBuilder(window, 'BuildKit'));

test('names come from the folder, its version and what is usual beside it', async ({ engine, window }) => {
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

test('a Dockerfile of any name is chosen by hand, in the folder or outside of it, and what was typed stays', async ({
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

test('stage, argument and label decide what is built, also from a Dockerfile further below', async ({ engine, window }) => {
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

test('a secret from a file reaches the step that asks for it, and nothing else', async ({ engine, app, window }) => {
  const secret = `secret-${Math.random()}`;
  using elsewhere = new WorkFolder({ 'token.txt': secret });
  using folder = new WorkFolder({
    Dockerfile: `FROM layerdeck/base:1\nRUN --mount=type=secret,id=e2e-token test "$(cat /run/secrets/e2e-token)" = ${secret} && echo found > /found\n`,
  });
  await dropFiles(window, [folder.path]);
  await expect(dialogOf(window)).toContainText('a step asks for the secret e2e-token');
  await openOptions(window);
  await answerOpenDialog(app, [elsewhere.file('token.txt')]);
  await dialogOf(window).getByRole('button', { name: 'Choose the file of the secret e2e-token' }).click();
  await expect(group(window, 'Secret e2e-token')).toContainText('token.txt');
  await startBuild(window, 'e2e-secret:1');
  await expect(buildHeading(window, 'e2e-secret:1 is built')).toBeVisible({ timeout: 30_000 });
  expect((await run(engine, 'e2e-secret:1', 'cat', '/found')).trim()).toBe('found');
  await expect(run(engine, 'e2e-secret:1', 'ls', '/run/secrets/e2e-token')).rejects.toThrow();
});

test('SSH keys are a step’s only where it was allowed, and only for this Dockerfile', async ({ engine, launch }) => {
  using agent = new SshAgent();
  agent.addKey();
  const window = await (await launch()).firstWindow();
  await expect(window.getByRole('heading', { name: 'Images', level: 1 })).toBeVisible();
  const needs = 'RUN --mount=type=ssh,required=true test -S "$SSH_AUTH_SOCK" && touch /had-an-agent\n';
  using folder = new WorkFolder({
    Dockerfile: `FROM layerdeck/base:1\nRUN echo ${Math.random()}\n${needs}`,
    'Dockerfile.other': 'FROM a\n',
  });
  await dropFiles(window, [folder.path]);
  await expect(dialogOf(window).locator('summary')).toContainText('a step asks for SSH keys');
  await startBuild(window, 'e2e-ssh:1');
  await expect(window.getByRole('alert').filter({ hasText: 'A step wants an SSH key' })).toContainText('Let steps use the SSH keys');

  await window.getByRole('button', { name: 'Change…' }).click();
  await openOptions(window);
  const allowed = group(window, 'SSH keys').getByRole('checkbox', { name: 'Let steps use the SSH keys of this computer' });
  await expect(allowed).not.toBeChecked();
  await expect(group(window, 'SSH keys')).toContainText('can sign in anywhere as you');
  await expect(group(window, 'SSH keys').getByRole('note')).toContainText('asks for SSH keys');
  await expectNoViolations(window);
  await allowed.check();
  await expect(group(window, 'SSH keys').getByRole('note')).toHaveCount(0);
  await buildButton(window).click();
  await expect(buildHeading(window, 'e2e-ssh:1 is built')).toBeVisible({ timeout: 30_000 });
  await expect(window.getByRole('main')).toContainText('steps may use your SSH keys');
  expect(await run(engine, 'e2e-ssh:1', 'ls', '/had-an-agent')).toContain('had');

  await showPage(window, 'Images');
  await dropFiles(window, [folder.path]);
  await expect(dialogOf(window).locator('summary')).toContainText('your SSH keys');
  await choose(window, 'Dockerfile', 'Dockerfile.other');
  await expect(dialogOf(window).locator('summary')).not.toContainText('SSH');
});

test('what was chosen for a folder comes back, but for the file of a secret', async ({ app, window }) => {
  using elsewhere = new WorkFolder({ 'token.txt': 'x' });
  using folder = new WorkFolder({
    Dockerfile: 'FROM layerdeck/base:1 AS one\nARG A=1\nRUN --mount=type=secret,id=e2e-again true\nFROM one AS two\n',
    VERSION: '3.1.4',
  });
  await dropFiles(window, [folder.path]);
  await nameField(window).fill('e2e-last:3.1.4');
  await group(window, 'Further tags').getByRole('checkbox', { name: '3', exact: true }).check();
  await openOptions(window);
  await choose(window, 'Stop after the stage', 'one');
  await dialogOf(window).getByLabel('A', { exact: true }).fill('2');
  await answerOpenDialog(app, [elsewhere.file('token.txt')]);
  await dialogOf(window).getByRole('button', { name: 'Choose the file of the secret e2e-again' }).click();
  await buildButton(window).click();
  await expect(buildHeading(window, 'e2e-last:3.1.4 is built')).toBeVisible({ timeout: 30_000 });

  await showPage(window, 'Images');
  await dropFiles(window, [folder.path]);
  await expect(nameField(window)).toHaveValue('e2e-last:3.1.4');
  await expect(group(window, 'Further tags').getByRole('checkbox', { name: '3', exact: true })).toBeChecked();
  await expect(dialogOf(window).getByLabel('A', { exact: true })).toHaveValue('2');
  await expect(dialogOf(window).getByRole('combobox', { name: 'Stop after the stage' })).toHaveValue('one');
  await expect(group(window, 'Secret e2e-again')).toContainText('Choose it again…');
  await expect(dialogOf(window)).toContainText('Choose the file of the secret e2e-again again.');
  await expect(buildButton(window)).toBeDisabled();
  await expectNoViolations(window);

  await dialogOf(window).getByRole('button', { name: 'Start afresh' }).click();
  await expect(nameField(window)).toHaveValue(/:3\.1\.4$/);
  await expect(dialogOf(window)).not.toContainText('Choose it again…');
  await expect(buildButton(window)).toBeEnabled();
});

test('an argument that sounds like a secret is warned of, and a wrong option is told', async ({ window }) => {
  using folder = new WorkFolder({ Dockerfile: 'FROM layerdeck/base:1\nARG NPM_TOKEN\nARG TOKEN_URL=x\n' });
  await dropFiles(window, [folder.path]);
  await openOptions(window);
  await expect(dialogOf(window).getByLabel('NPM_TOKEN')).toHaveAccessibleDescription(/use a secret/);
  await expect(dialogOf(window).getByLabel('TOKEN_URL')).not.toHaveAccessibleDescription(/use a secret/);
  await dialogOf(window).getByRole('combobox', { name: 'Platform' }).fill('arm');
  await expect(dialogOf(window)).toContainText('such as linux/arm64');
  await expect(buildButton(window)).toBeDisabled();
  await dialogOf(window).getByRole('combobox', { name: 'Platform' }).fill('linux/amd64');
  await expect(buildButton(window)).toBeEnabled();
  await dialogOf(window).getByRole('button', { name: 'Reuse the steps of an image' }).click();
  await dialogOf(window).getByLabel('Image to take steps from').fill('Not A Name');
  await expect(buildButton(window)).toBeDisabled();
  await dialogOf(window).getByRole('button', { name: 'Leave out Not A Name' }).click();
  await expect(buildButton(window)).toBeEnabled();
});

test('what only BuildKit can do cannot be chosen with the classic builder, and says why', async ({ window }) => {
  await chooseBuilder(window, 'classic');
  using folder = new WorkFolder({ Dockerfile: 'FROM layerdeck/base:1\n' });
  await dropFiles(window, [folder.path]);
  await openOptions(window);
  await expect(group(window, 'Secrets')).toContainText('Only BuildKit can do this.');
  await expect(group(window, 'Secrets').getByRole('button')).toHaveCount(0);
  await expect(group(window, 'SSH keys')).toContainText('Only BuildKit can do this.');
  await expect(group(window, 'Reuse').getByRole('checkbox', { name: /Write into the image/ })).toBeDisabled();
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
      .filter({ hasText: `Line 3 of the Dockerfile asks for ${name}:latest, which is not here` });
    await expect(note).toContainText(`You have ${name}:ver_1.`);
    await expectNoViolations(window);
    // what is chosen in the form counts, and only that
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
    // once the image is here, it goes by itself, and the build says the same
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
  await expect(dialogOf(window).getByRole('note')).toContainText('asks for localhost:9/e2e_missing:latest, which is not here');
  await startBuild(window, 'e2e-missing:1');
  await expect(window.getByRole('alert')).toContainText(
    'You have localhost:9/e2e_missing:ver_1. Write FROM localhost:9/e2e_missing:ver_1 in line 1',
    {
      timeout: 30_000,
    },
  );
  await engine.docker(['rmi', 'localhost:9/e2e_missing:ver_1']);
});
