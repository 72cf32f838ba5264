import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { answerSaveDialog } from '../../../tools/drive/answer-dialogs.ts';
import type { Engine } from '../../../tools/engine/engine.ts';
import { tarball } from '../../../tools/fuzz/make-tarball.ts';
import { loadable } from '../../support/layer-files/made-image.ts';
import { expect, test } from '../../support/window/app.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { fileAside, fileLine, layerButtons, openFiles } from '../../support/window/files-in-window.ts';

// a picture of one red pixel
const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';

const dockerfile = (own: string) => `FROM layerdeck/base:1
RUN mkdir -p /app && echo "first of ${own}" > /app/words && seq 1 200000 > /app/long && head -c 200000 /dev/urandom > /app/noise
RUN echo "second of ${own}" > /app/words && echo ${picture} | base64 -d > /app/picture && echo '<svg onload="alert(1)"/>' > /app/drawing && ln -s /etc /app/out
`;

const build = (engine: Engine, own: string) =>
  engine.docker(['build', '--quiet', '--tag', `e2e-open-${own}:1`, '-'], { input: dockerfile(own) });

const content = (window: Page) => fileAside(window).getByRole('region', { name: 'What is in the file' });
const show = (window: Page) => fileAside(window).getByRole('button', { name: 'Show what is in it' });

/** Chooses a place, and waits until the aside is about it. */
async function chooseFile(window: Page, name: string): Promise<void> {
  await fileLine(window, name).click();
  await expect(fileAside(window).getByRole('heading', { name })).toBeVisible();
}

/** Opens a file, for which its layer may have to be read. */
async function openFile(window: Page, name: string): Promise<void> {
  await fileLine(window, name).dblclick();
  await expect(fileAside(window).getByRole('heading', { name })).toBeVisible();
}

test('a file is shown as the engine has it, now and before it was changed', async ({ engine, window }) => {
  await build(engine, 'text');
  await openFiles(window, 'e2e-open-text:1');
  await fileLine(window, 'app').dblclick();
  await chooseFile(window, 'words');
  await expect(fileAside(window)).toContainText('the image is read once more');
  await show(window).click();
  const text = await engine.docker(['run', '--rm', 'e2e-open-text:1', 'cat', '/app/words']);
  await expect(content(window)).toContainText(text.trim());
  await fileAside(window).getByRole('button', { name: 'Before' }).click();
  await show(window).click();
  await expect(content(window)).toContainText('first of text');
  await expectNoViolations(window);

  await openFile(window, 'long');
  await expect(content(window)).toContainText('1');
  await fileAside(window).getByRole('searchbox').or(fileAside(window).getByLabel('Search the file')).fill('1234567');
  await expect(fileAside(window).getByRole('status').filter({ hasText: 'not found' })).toBeVisible();
  await fileAside(window).getByLabel('Search the file').fill('100000');
  await expect(content(window).locator('[data-current]')).toContainText('100000');
  // whole lines, with their true numbers
  await fileAside(window).getByLabel('Search the file').fill('');
  await fileAside(window).getByRole('button', { name: 'Next part' }).click();
  await expect(fileAside(window).getByRole('button', { name: 'Next part' })).toBeDisabled();
  const first = content(window).locator('[style*="translateY(0px)"]');
  const number = await first.locator('span').first().innerText();
  expect(Number(number)).toBeGreaterThan(100_000);
  await expect(first).toHaveText(`${number}${number}`);
});

test('a text of a known language has its parts in their colours, and one that takes for ever stays as it is', async ({
  engine,
  window,
}) => {
  const files = tarball(
    { name: 'app/run', body: '#!/usr/bin/env python3\n# greets\nprint("hello", 42)\n' },
    { name: 'app/notes', body: 'print("hello", 42)\n' },
    // highlight.js tries every way to read it, for minutes
    { name: 'app/endless.cpp', body: 'a b '.repeat(100_000) },
  );
  await engine.docker(['load', '--quiet'], { input: loadable('example.test/e2e-open-colours:1', [files]) });
  await openFiles(window, 'example.test/e2e-open-colours:1');
  await openFile(window, 'run');
  await expect(content(window).locator('[data-kind="comment"]').filter({ hasText: '# greets' })).toBeVisible();
  await expect(content(window).locator('[data-kind="number"]')).toHaveText('42');
  await fileAside(window).getByLabel('Search the file').fill('lo", 4');
  await expect(content(window).locator('mark')).toHaveText(['lo"', ', ', '4']);
  await expectNoViolations(window);
  await openFile(window, 'notes');
  await expect(content(window)).toContainText('print("hello", 42)');
  await expect(content(window).locator('[data-kind]')).toHaveCount(0);
  await openFile(window, 'endless.cpp');
  await expect(content(window)).toContainText('a b a b');
  await expect.poll(() => window.workers().length).toBe(1);
  await fileAside(window).getByLabel('Search the file').fill('b a');
  await expect(content(window).locator('mark').first()).toBeVisible();
  await expect.poll(() => window.workers().length).toBe(0);
  await expect(content(window).locator('[data-kind]')).toHaveCount(0);
});

test('a picture is shown, a drawing only as text, and anything else as bytes', async ({ engine, window }) => {
  await build(engine, 'kinds');
  await openFiles(window, 'e2e-open-kinds:1');
  await fileLine(window, 'app').dblclick();
  await openFile(window, 'picture');
  await expect(fileAside(window)).toContainText('1 × 1 pixels');
  await openFile(window, 'drawing');
  await expect(content(window)).toContainText('<svg onload="alert(1)"/>');
  await openFile(window, 'noise');
  await expect(content(window)).toContainText('00000000');
  const hex = await engine.docker(['run', '--rm', 'e2e-open-kinds:1', 'sh', '-c', 'head -c 8 /app/noise | xxd -p']);
  await expect(content(window)).toContainText(hex.trim().replace(/..(?=.)/g, '$& '));
  await expectNoViolations(window);
  await fileAside(window).getByRole('button', { name: 'Last part' }).click();
  await expect(content(window)).toContainText('00030000');
});

test('a file and a folder are saved as the engine has them', async ({ app, engine, window, folder }) => {
  await build(engine, 'save');
  await openFiles(window, 'e2e-open-save:1');
  await fileLine(window, 'app').dblclick();
  await chooseFile(window, 'words');
  await answerSaveDialog(app, join(folder, 'words-copy'));
  await fileAside(window).getByRole('button', { name: 'Save a copy…' }).click();
  await expect(fileAside(window)).toContainText(`Saved as ${join(folder, 'words-copy')}`);
  expect(readFileSync(join(folder, 'words-copy'), 'utf8')).toBe('second of save\n');
  await expectNoViolations(window);
  // only the system's own drag can give it to other programs
  await app.evaluate(({ BrowserWindow }) => {
    for (const { webContents } of BrowserWindow.getAllWindows()) {
      webContents.startDrag = ({ file }) => {
        process.env.LAYERDECK_E2E_DRAGGED = file;
      };
    }
  });
  await window.bringToFront();
  await fileAside(window).getByRole('button', { name: 'words-copy: show it, or drag it out' }).hover();
  await window.mouse.down();
  await window.mouse.move(20, 20, { steps: 5 });
  await expect.poll(() => app.evaluate(() => process.env.LAYERDECK_E2E_DRAGGED)).toBe(join(folder, 'words-copy'));
  await window.mouse.up();

  await chooseFile(window, 'app');
  await answerSaveDialog(app, join(folder, 'app-copy'));
  await fileAside(window).getByRole('button', { name: 'Save a copy…' }).click();
  // the link leads out of the folder
  await expect(fileAside(window)).toContainText(/without 1\slink or device/);
  expect(readdirSync(join(folder, 'app-copy')).toSorted()).toEqual(['drawing', 'long', 'noise', 'picture', 'words']);
  const long = await engine.docker(['run', '--rm', 'e2e-open-save:1', 'cat', '/app/long']);
  expect(readFileSync(join(folder, 'app-copy/long'), 'utf8')).toBe(long);
});

test('what was removed can still be looked at and saved, from the layer that has it', async ({ app, engine, window, folder }) => {
  await engine.docker(['build', '--quiet', '--tag', 'e2e-open-gone:1', '-'], {
    input: 'FROM layerdeck/base:1\nRUN echo a secret > /gone\nRUN rm /gone\n',
  });
  await openFiles(window, 'e2e-open-gone:1');
  await layerButtons(window).nth(1).click();
  await openFile(window, 'gone');
  await expect(fileAside(window)).toContainText('As it was before it was removed');
  await expect(content(window)).toContainText('a secret');
  await answerSaveDialog(app, join(folder, 'gone'));
  await fileAside(window).getByRole('button', { name: 'Save a copy…' }).click();
  await expect(fileAside(window)).toContainText('Saved as');
  expect(readFileSync(join(folder, 'gone'), 'utf8')).toBe('a secret\n');
});

test('a folder of a hostile image leaves nothing outside of where it is saved', async ({ app, engine, window, folder }) => {
  const below = tarball(
    { name: 'app/', kind: 'folder', mode: 0o755 },
    { name: 'app/out', kind: 'symlink', linkName: folder },
    { name: 'app/up', kind: 'symlink', linkName: '../../../../../../../../etc/passwd' },
    { name: 'app/plain', body: 'plain' },
  );
  const above = tarball({ name: 'app/out/planted', body: 'planted' }, { name: 'app/..hidden', body: 'dots' });
  await engine.docker(['load', '--quiet'], { input: loadable('example.test/e2e-open-hostile:1', [below, above]) });
  await openFiles(window, 'example.test/e2e-open-hostile:1');
  await chooseFile(window, 'app');
  await answerSaveDialog(app, join(folder, 'inside'));
  await fileAside(window).getByRole('button', { name: 'Save a copy…' }).click();
  await expect(fileAside(window)).toContainText('Saved as');
  expect(existsSync(join(folder, 'planted'))).toBe(false);
  expect(lstatSync(join(folder, 'inside/out')).isSymbolicLink()).toBe(false);
  expect(readdirSync(join(folder, 'inside')).toSorted()).toEqual(['..hidden', 'out', 'plain']);
  expect(readFileSync(join(folder, 'inside/plain'), 'utf8')).toBe('plain');
});
