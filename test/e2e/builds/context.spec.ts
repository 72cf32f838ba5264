import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { dropFiles } from '../../../tools/drive/drop-files.ts';
import { expect, test } from '../../support/window/app.ts';
import { builders, buildHeading, chooseBuilder, startBuild } from '../../support/window/build-in-window.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf } from '../../support/window/find-in-window.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const project = () =>
  new WorkFolder({
    Dockerfile: `FROM layerdeck/base:1\nCOPY . /files\nRUN echo ${Math.random()}\n`,
    '.git/HEAD': 'ref: refs/heads/main\n',
    '.git/objects/aa': Buffer.alloc(3000),
    'node_modules/left-pad/index.js': Buffer.alloc(20_000),
    '.env': 'PASSWORD=1',
    'src/main.js': Buffer.alloc(5000),
    'src/deep/more.js': Buffer.alloc(1000),
  });

const parts = (window: Page) => dialogOf(window).getByRole('list', { name: /the largest first/ });
const warnings = (window: Page) => dialogOf(window).getByRole('list', { name: 'Rarely belongs in an image' });
const sent = (window: Page) => dialogOf(window).getByRole('region', { name: 'What will be sent' });

async function lookInside(window: Page, folder: WorkFolder): Promise<void> {
  await dropFiles(window, [folder.path]);
  await dialogOf(window).getByRole('button', { name: 'Look inside…' }).click();
  await expect(parts(window)).toBeVisible();
}

for (const builder of builders) {
  test(`a click leaves out what rarely belongs in an image, with ${builder}`, async ({ engine, window }) => {
    await chooseBuilder(window, builder);
    using folder = project();
    const ignoreFile = folder.file('.dockerignore');
    await dropFiles(window, [folder.path]);
    await expect(sent(window)).toContainText('.env, .git and node_modules rarely belong in an image');
    await expect(sent(window)).toContainText('the folder has no .dockerignore');
    await dialogOf(window).getByRole('button', { name: 'Look inside…' }).click();
    await expect(warnings(window).getByRole('listitem')).toHaveCount(3);
    await expectNoViolations(window);

    await warnings(window).getByRole('button', { name: 'Leave out node_modules' }).click();
    await expect(warnings(window).getByRole('listitem')).toHaveCount(2);
    await expect(parts(window).getByRole('listitem').filter({ hasText: 'node_modules' })).toContainText('left out');
    expect(readFileSync(ignoreFile, 'utf8')).toBe('node_modules\n');
    await dialogOf(window).getByRole('button', { name: 'Undo' }).click();
    await expect(warnings(window).getByRole('listitem')).toHaveCount(3);
    expect(existsSync(ignoreFile)).toBe(false);

    for (const path of ['.env', '.git', 'node_modules']) {
      await warnings(window)
        .getByRole('button', { name: `Leave out ${path}` })
        .click();
      await expect(dialogOf(window).getByRole('status')).toContainText(`${path} was added to .dockerignore`);
      await expect(dialogOf(window).getByRole('button', { name: 'Undo' })).toBeEnabled();
    }
    await expect(warnings(window)).toHaveCount(0);
    await window.keyboard.press('Escape');
    await expect(dialogOf(window).getByRole('button', { name: 'Look inside…' })).toBeFocused();
    await expect(sent(window)).toContainText('are left out by .dockerignore');
    const name = `e2e-context-${builder.toLowerCase()}:1`;
    await startBuild(window, name);
    await expect(buildHeading(window, `${name} is built`)).toBeVisible({ timeout: 30_000 });
    const files = (await engine.docker(['run', '--rm', name, 'ls', '-A', '/files'])).split('\n').filter(Boolean);
    expect(files.toSorted()).toEqual(['.dockerignore', 'Dockerfile', 'src']);
  });
}

test('the folder can be walked through with the keyboard', async ({ window }) => {
  using folder = project();
  await lookInside(window, folder);
  const row = (name: RegExp) => parts(window).getByRole('button', { name });
  await expect(row(/^node_modules/)).toBeFocused();
  await window.keyboard.press('ArrowDown');
  await expect(row(/^src/)).toBeFocused();
  await window.keyboard.press('ArrowRight');
  await expect(row(/^main\.js/)).toBeFocused();
  await window.keyboard.press('End');
  await expect(row(/^deep/)).toBeFocused();
  await window.keyboard.press('Enter');
  await expect(row(/^more\.js/)).toBeFocused();
  await window.keyboard.press('ArrowLeft');
  await expect(row(/^deep/)).toBeFocused();
  await window.keyboard.press('Backspace');
  await expect(row(/^src/)).toBeFocused();
  await window.keyboard.press('Tab');
  await window.keyboard.press('Enter');
  await expect(parts(window).getByRole('listitem').filter({ hasText: 'src' })).toContainText('left out');
  expect(readFileSync(folder.file('.dockerignore'), 'utf8')).toBe('src\n');
});

test('an ignore file that leads out of the folder is not written', async ({ window }) => {
  using elsewhere = new WorkFolder({ target: 'keep\n' });
  using folder = project();
  symlinkSync(elsewhere.file('target'), folder.file('.dockerignore'));
  await lookInside(window, folder);
  await warnings(window).getByRole('button', { name: 'Leave out .git' }).click();
  await expect(window.getByText('.dockerignore is a link to somewhere else')).toBeVisible();
  expect(readFileSync(elsewhere.file('target'), 'utf8')).toBe('keep\n');
});

test('a line in the ignore file that isn’t a pattern is pointed out before the build', async ({ window }) => {
  using folder = project();
  folder.write('.dockerignore', '[\n');
  await dropFiles(window, [folder.path]);
  await expect(sent(window)).toContainText('.dockerignore has a line that isn’t a pattern');
});
