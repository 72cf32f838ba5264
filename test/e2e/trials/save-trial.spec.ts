import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerSaveDialog } from '../../../tools/drive/answer-dialogs.ts';
import { expect, test } from '../../support/window/app.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf, openImage } from '../../support/window/find-in-window.ts';

test('what a trial changed is looked at, and saved as a new image that has it', async ({ app, window, engine, folder }) => {
  const lines = [
    'RUN mkdir /app && echo old > /app/config && echo gone > /app/gone',
    'CMD ["/bin/sh", "-c", "mkdir -p /app/notes/deep && echo kept > /app/notes/deep/today && rm /app/gone && echo changed a lot > /app/config && echo ready && sleep 1000"]',
  ];
  await engine.docker(['build', '--quiet', '--tag', 'e2e-try-keep:1', '-'], { input: ['FROM layerdeck/base:1', ...lines].join('\n') });
  await openImage(window, 'e2e-try-keep:1');
  await window.getByRole('button', { name: 'Try it…' }).click();
  await dialogOf(window).getByRole('button', { name: 'Add a variable' }).click();
  await dialogOf(window).getByLabel('Name of new variable').fill('MODE');
  await dialogOf(window).getByLabel('Value of MODE').fill('test');
  await dialogOf(window).getByRole('button', { name: 'Try it', exact: true }).click();
  await expect(window.getByRole('region', { name: 'Log', exact: true })).toContainText('ready');
  await window.getByRole('tab', { name: 'What it changed' }).click();
  await window.getByRole('button', { name: 'Look again' }).click();
  await expect(window.getByRole('list', { name: 'Added' })).toContainText('/app/notes');
  await expect(window.getByRole('list', { name: 'Added' })).toContainText(/and 2\sthings in it/);
  await expect(window.getByRole('list', { name: 'Removed' })).toHaveText('/app/gone');
  await expect(window.getByRole('list', { name: 'Changed' })).toContainText('/app/config');
  await expectNoViolations(window);

  await answerSaveDialog(app, join(folder, 'notes.tar'));
  await window.getByRole('button', { name: 'Save a copy of /app/notes…' }).click();
  await expect(window.getByText(`A copy is in ${join(folder, 'notes.tar')}`)).toBeVisible();
  expect(execFileSync('tar', ['-xOf', join(folder, 'notes.tar'), 'notes/deep/today'], { encoding: 'utf8' })).toBe('kept\n');
  await answerSaveDialog(app, join(folder, 'config'));
  await window.getByRole('button', { name: 'Save a copy of /app/config…' }).click();
  await expect.poll(() => existsSync(join(folder, 'config')) && readFileSync(join(folder, 'config'), 'utf8')).toBe('changed a lot\n');
  expect(readdirSync(folder).filter((name) => name.includes('layerdeck-part'))).toEqual([]);

  await window.getByRole('button', { name: 'Save as a new image…' }).click();
  const save = dialogOf(window).getByRole('button', { name: 'Save the image' });
  await dialogOf(window).getByLabel('Name and tag').fill('e2e-try-kept:2');
  await dialogOf(window).getByLabel('What is new').fill('with notes');
  // what was set for the trial gets into it, so that it has to be agreed to
  await expect(save).toBeDisabled();
  await dialogOf(window).getByRole('checkbox', { name: 'They are no secrets: keep them in the image' }).check();
  await expectNoViolations(window);
  await save.click();
  await expect(window.getByText('Saved as e2e-try-kept:2')).toBeVisible();
  await expectNoViolations(window);
  await window.getByRole('button', { name: 'Show the image' }).click();
  await expect(window.getByRole('heading', { name: 'e2e-try-kept 2', level: 1 })).toBeVisible();
  expect(await engine.docker(['run', '--rm', 'e2e-try-kept:2', 'cat', '/app/notes/deep/today'])).toBe('kept\n');
  expect(await engine.docker(['image', 'inspect', '--format', '{{.Comment}} {{json .Config.Env}}', 'e2e-try-kept:2'])).toMatch(
    /^with notes .*MODE=test/,
  );
  await engine.docker(['rm', '--force', 'try-e2e-try-keep']);
});
