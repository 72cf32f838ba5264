import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { answerSaveDialog } from '../../../tools/drive/answer-dialogs.ts';
import type { Engine } from '../../../tools/engine/engine.ts';
import { expect, test } from '../../support/window/app.ts';
import { chooseFolder, startBuild } from '../../support/window/build-in-window.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf, showPage } from '../../support/window/find-in-window.ts';
import { WorkFolder } from '../../support/work-folder.ts';

async function build(engine: Engine, name: string, lines: string[]): Promise<void> {
  await engine.docker(['build', '--quiet', '--tag', name, '-'], { input: ['FROM layerdeck/base:1', ...lines].join('\n') });
}

/** From the list of images to the dialog. */
async function openTry(window: Page, name: string): Promise<void> {
  await showPage(window, 'Images');
  await window.getByRole('row').filter({ hasText: name }).getByRole('link').first().click();
  await window.getByRole('button', { name: 'Try it…' }).click();
  await expect(dialogOf(window)).toContainText('What is run'.toLowerCase());
}

const tryIt = (window: Page) => dialogOf(window).getByRole('button', { name: 'Try it', exact: true }).click();
const containers = (engine: Engine) => engine.docker(['ps', '--all', '--quiet']);

test('a web server is tried with two presses, opened in the browser, stopped, started again and removed', async ({
  app,
  window,
  engine,
  folder,
}) => {
  await build(engine, 'e2e-try-web:1', [
    'RUN mkdir /www && echo "<h1>it works</h1>" > /www/index.html',
    'EXPOSE 8000',
    'ENV GREETING=hello',
    'CMD ["/bin/sh", "-c", "echo $GREETING; exec busybox httpd -f -vv -p 8000 -h /www"]',
  ]);
  await openTry(window, 'e2e-try-web');
  await expect(dialogOf(window)).toContainText('The image sets PATH, GREETING');
  await expectNoViolations(window);
  await dialogOf(window).getByRole('button', { name: 'Add a variable' }).click();
  await dialogOf(window).getByLabel('Name of new variable').fill('GREETING');
  await dialogOf(window).getByLabel('Value of GREETING').fill('good morning');
  const here = await dialogOf(window).getByLabel('Port of this computer for 8000').inputValue();
  await tryIt(window);
  await expect(window.getByRole('heading', { name: 'Trying e2e-try-web:1', level: 1 })).toBeVisible();
  await app.evaluate(({ shell }) => {
    shell.openExternal = async (url) => {
      (globalThis as { opened?: string }).opened = url;
    };
  });
  await window.getByRole('button', { name: `Open localhost:${here}` }).click();
  await expect.poll(() => app.evaluate(() => (globalThis as { opened?: string }).opened)).toBe(`http://localhost:${here}/`);
  expect(await (await fetch(`http://localhost:${here}/`)).text()).toContain('it works');
  const log = window.getByRole('region', { name: 'Log', exact: true });
  await expect(log).toContainText('good morning');
  await expect(log).toContainText(/\d\d:\d\d:\d\d/);
  await expectNoViolations(window);
  await answerSaveDialog(app, join(folder, 'try.log'));
  await window.getByRole('button', { name: 'Save the log…' }).click();
  await expect(window.getByText('The log is saved')).toBeVisible();
  expect(readFileSync(join(folder, 'try.log'), 'utf8')).toContain('good morning');

  // it ends only after the time that it has, and says so; at once is a press away
  await window.getByRole('button', { name: 'Stop: e2e-try-web:1' }).click();
  await window.getByRole('button', { name: 'End it at once: e2e-try-web:1' }).click();
  await expect(window.getByText('It has ended with code 137')).toBeVisible();
  await expectNoViolations(window);
  await window.getByRole('button', { name: 'Start again: e2e-try-web:1' }).click();
  await expect(window.getByRole('button', { name: `Open localhost:${here}` })).toBeVisible();

  await showPage(window, 'Running');
  await expect(window.getByRole('listitem', { name: 'e2e-try-web:1' })).toContainText('Running');
  await expectNoViolations(window);
  await window.getByRole('button', { name: 'Remove…: e2e-try-web:1' }).click();
  await expectNoViolations(window);
  await dialogOf(window).getByRole('button', { name: 'End and remove it' }).click();
  await expect(window.getByRole('heading', { name: 'Nothing is being tried' })).toBeVisible();
  expect(await containers(engine)).toBe('');
});

test('what can’t start says so in the dialog, and what ends at once says how', async ({ window, engine }) => {
  await build(engine, 'e2e-try-task:1', ['CMD ["/bin/sh", "-c", "echo nothing to do >&2; exit 127"]']);
  await openTry(window, 'e2e-try-task');
  await dialogOf(window).getByRole('textbox', { name: 'Command' }).fill('no-such-thing');
  await tryIt(window);
  await expect(dialogOf(window).getByRole('alert', { name: 'There is no program no-such-thing in the image' })).toBeVisible();
  await expectNoViolations(window);
  await dialogOf(window).getByRole('textbox', { name: 'Command' }).fill('');
  await dialogOf(window).getByLabel('The most memory').fill('3 MB');
  await expect(dialogOf(window).getByRole('button', { name: 'Try it', exact: true })).toBeDisabled();
  await dialogOf(window).getByLabel('The most memory').fill('64 MB');
  await tryIt(window);
  await expect(window.getByText('The command wasn’t found in the image.')).toBeVisible();
  await expect(window.getByRole('region', { name: 'Log', exact: true })).toContainText('nothing to do');
  // another program removes it
  await engine.docker(['rm', '--force', 'try-e2e-try-task']);
  await expect(window.getByRole('heading', { name: 'This container is gone' })).toBeVisible();
  expect(await containers(engine)).toBe('');
});

test('a build’s result and a row of the list are tried, too', async ({ app, window, engine }) => {
  using folder = new WorkFolder({ Dockerfile: 'FROM layerdeck/base:1\nCMD ["/bin/sh", "-c", "echo from a build"]\n' });
  await chooseFolder(app, window, folder.path);
  await startBuild(window, 'e2e-try-built:1');
  await window.getByRole('button', { name: 'Try it…' }).click();
  await tryIt(window);
  await expect(window.getByRole('heading', { name: 'Trying e2e-try-built:1', level: 1 })).toBeVisible();
  await expect(window.getByRole('region', { name: 'Log', exact: true })).toContainText('from a build');
  await engine.docker(['rm', '--force', 'try-e2e-try-built']);
  await showPage(window, 'Images');
  await window.getByRole('button', { name: 'Actions for e2e-try-built' }).click();
  await window.getByRole('menuitem', { name: 'Try it…' }).click();
  await expect(dialogOf(window)).toContainText('Try e2e-try-built:1');
  await expectNoViolations(window);
  await tryIt(window);
  await expect(window.getByText('It did what it had to do')).toBeVisible();
  await engine.docker(['rm', '--force', 'try-e2e-try-built']);
  await expect(window.getByRole('heading', { name: 'This container is gone' })).toBeVisible();
});
