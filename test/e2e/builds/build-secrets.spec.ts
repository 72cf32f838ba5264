import { answerOpenDialog } from '../../../tools/drive/answer-dialogs.ts';
import { dropFiles } from '../../../tools/drive/drop-files.ts';
import { SshAgent } from '../../support/ssh-agent.ts';
import { expect, test } from '../../support/window/app.ts';
import { buildButton, choose, group, nameField, openOptions, run } from '../../support/window/build-form.ts';
import { buildHeading, chooseBuilder, startBuild } from '../../support/window/build-in-window.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf, showPage } from '../../support/window/find-in-window.ts';
import { WorkFolder } from '../../support/work-folder.ts';

test.beforeEach(({ window }) => chooseBuilder(window, 'BuildKit'));

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

test('a step gets SSH keys only if allowed, and only for this Dockerfile', async ({ engine, launch }) => {
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
  await expect(window.getByRole('alert').filter({ hasText: 'A step needs an SSH key' })).toContainText('Let steps use the SSH keys');

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

test('choices for a folder come back, except the file of a secret', async ({ app, window }) => {
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

test('an argument that sounds like a secret brings a warning, and a wrong option is named', async ({ window }) => {
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
  await dialogOf(window).getByRole('button', { name: 'Remove Not A Name' }).click();
  await expect(buildButton(window)).toBeEnabled();
});
