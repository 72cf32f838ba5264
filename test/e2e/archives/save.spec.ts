import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { runCommand } from '../../../tools/engine/run-command.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { expect, test } from '../../support/window/app.ts';
import { save } from '../../support/window/archive-in-window.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf, openImage, rowOf, search } from '../../support/window/find-in-window.ts';
import { mountSmallDisk } from '../../support/window/full-disk.ts';
import { ownName } from '../../support/window/own-engine.ts';
import { imageId } from '../../support/window/read-engine.ts';
import { headline, stop, untilPercent } from '../../support/window/transfer-in-window.ts';
import { WorkFolder } from '../../support/work-folder.ts';

/** Opens the dialog for saving an image. */
async function openSave(window: Page, reference: string): Promise<void> {
  await openImage(window, reference);
  await window.getByRole('button', { name: 'Save…' }).click();
}

/** The name that the system's dialog was opened with. */
const suggested = (app: ElectronApplication): Promise<string | undefined> => app.evaluate(() => process.env.LAYERDECK_E2E_SUGGESTED);

for (const name of ['plain.tar', 'packed.tar.gz']) {
  test(`an image is saved as ${name}, and the docker command loads it`, async ({ engine, app, window }) => {
    using folder = new WorkFolder();
    const reference = `e2e-save:${name}`;
    await makeRandomImage(engine.host, reference, 2_000_000);
    const id = await imageId(engine, reference);
    await save(app, window, reference, folder.file(name));
    await expect(headline(window, 'Saved')).toBeVisible();
    await expect(window.getByRole('region', { name: 'Result' })).toContainText(folder.file(name));
    expect(readdirSync(folder.path)).toEqual([name]);
    await engine.docker(['rmi', reference]);
    expect(await imageId(engine, reference)).toBe('');
    await engine.docker(['load', '--input', folder.file(name)]);
    expect(await imageId(engine, reference)).toBe(id);
  });
}

test('several images go into one file, the names that are not chosen stay out', async ({ engine, app, window }) => {
  using folder = new WorkFolder();
  await makeRandomImage(engine.host, 'e2e-several:a', 1000);
  await makeRandomImage(engine.host, 'e2e-several:b', 1000);
  await engine.docker(['tag', 'e2e-several:b', 'e2e-several:left-out']);
  await search(window, 'e2e-several');
  for (const name of ['e2e-several:a', 'e2e-several:b']) await rowOf(window, name).getByRole('checkbox').check();
  await window.getByRole('toolbar').getByRole('button', { name: 'Save…' }).click();
  await dialogOf(window)
    .getByRole('checkbox', { name: ownName('e2e-several:left-out') })
    .uncheck();
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
  }, folder.file('x.tar'));
  await dialogOf(window).getByRole('button', { name: 'Choose a place…' }).click();
  await expect(headline(window, 'Saved')).toBeVisible();
  await engine.docker(['rmi', 'e2e-several:a', 'e2e-several:b', 'e2e-several:left-out']);
  await engine.docker(['load', '--input', folder.file('x.tar')]);
  expect(await imageId(engine, 'e2e-several:a')).not.toBe('');
  expect(await imageId(engine, 'e2e-several:b')).not.toBe('');
  expect(await imageId(engine, 'e2e-several:left-out')).toBe('');
});

test('the packing decides the suggested name, and a checksum is written beside the file', async ({ engine, app, window }) => {
  using folder = new WorkFolder();
  await makeRandomImage(engine.host, 'e2e-packing:1', 2_000_000);
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async (...options: unknown[]) => {
      const { defaultPath = '' } = options.at(-1) as { defaultPath?: string };
      process.env.LAYERDECK_E2E_SUGGESTED = defaultPath;
      return { canceled: false, filePath: `${path}/${defaultPath.split('/').pop()}` };
    };
  }, folder.path);
  await openSave(window, 'e2e-packing:1');
  await expect(dialogOf(window)).toContainText(/About 2\.0\sMB/);
  await dialogOf(window).getByRole('radio', { name: 'Packed with zstd' }).check();
  await expect(dialogOf(window)).toContainText('less once packed');
  await dialogOf(window).getByRole('checkbox', { name: 'Write a SHA-256 file beside it' }).check();
  await expectNoViolations(window);
  await dialogOf(window).getByRole('button', { name: 'Choose a place…' }).click();
  await expect(headline(window, 'Saved')).toBeVisible();
  expect(await suggested(app)).toContain('e2e-packing-1.tar.zst');
  const sum = createHash('sha256')
    .update(readFileSync(folder.file('e2e-packing-1.tar.zst')))
    .digest('hex');
  await expect(window.getByRole('region', { name: 'Result' })).toContainText(sum);
  await expectNoViolations(window);
  await window.getByRole('button', { name: 'Copy the SHA-256' }).click();
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe(sum);
  await window.getByRole('button', { name: 'Copy the path' }).click();
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe(folder.file('e2e-packing-1.tar.zst'));
  expect(readdirSync(folder.path).toSorted()).toEqual(['e2e-packing-1.tar.zst', 'e2e-packing-1.tar.zst.sha256']);
  await runCommand('sha256sum', ['--check', 'e2e-packing-1.tar.zst.sha256'], { cwd: folder.path });
});

test('if the system’s dialog is cancelled, nothing is written', async ({ engine, app, window }) => {
  await makeRandomImage(engine.host, 'e2e-no-save:1', 1000);
  await save(app, window, 'e2e-no-save:1', '');
  // the app's own dialog stays, to try again
  await expect(dialogOf(window).getByRole('button', { name: 'Choose a place…' })).toBeEnabled();
  await dialogOf(window).getByRole('button', { name: 'Cancel' }).click();
  await window.getByRole('button', { name: /^Activity/ }).click();
  await expect(dialogOf(window).getByRole('listitem', { name: /e2e-no-save/ })).toHaveCount(0);
});

test('a save is stopped early and late, and what was there before stays as it was', async ({ engine, app, window }) => {
  using folder = new WorkFolder({ 'x.tar': 'from before' });
  await makeRandomImage(engine.host, 'e2e-stop-save:1', 300_000_000);
  for (const percent of [0, 5]) {
    await save(app, window, 'e2e-stop-save:1', folder.file('x.tar'));
    if (percent > 0) await untilPercent(window, percent);
    await stop(window);
    await expect(headline(window, 'Stopped. No half-written file was kept.')).toBeVisible();
    expect(readdirSync(folder.path)).toEqual(['x.tar']);
    expect(readFileSync(folder.file('x.tar'), 'utf8')).toBe('from before');
  }
  await engine.docker(['rmi', 'e2e-stop-save:1']);
});

test('a disk that fills up in the middle of a save is named, and nothing of the file stays on it', async ({
  engine,
  app,
  window,
  folder,
}) => {
  await using disk = await mountSmallDisk(join(folder, 'disk'), 5);
  await makeRandomImage(engine.host, 'e2e-full:1', 20_000_000);
  await save(app, window, 'e2e-full:1', join(disk.path, 'x.tar.gz'));
  await expect(window.getByRole('main').getByRole('alert')).toContainText('The disk is full');
  await expect(headline(window, 'It was not saved')).toBeVisible();
  expect(readdirSync(disk.path)).toEqual([]);
});

test('an app that is killed in the middle of a save leaves no file, and the next start removes the half-written one', async ({
  engine,
  launch,
  folder,
}) => {
  using target = new WorkFolder();
  await makeRandomImage(engine.host, 'e2e-killed:1', 400_000_000);
  const app = await launch({ home: folder });
  const window = await app.firstWindow();
  await save(app, window, 'e2e-killed:1', target.file('x.tar'));
  await untilPercent(window, 5);
  const half = readdirSync(target.path);
  expect(half).toHaveLength(1);
  expect(half).not.toContain('x.tar');
  const closed = app.waitForEvent('close');
  app.process().kill('SIGKILL');
  await closed;
  expect(readdirSync(target.path)).toEqual(half);
  const next = await launch({ home: folder });
  await expect((await next.firstWindow()).getByRole('heading', { name: 'Images', level: 1 })).toBeVisible();
  await expect.poll(() => readdirSync(target.path)).toEqual([]);
  await engine.docker(['rmi', 'e2e-killed:1']);
});

test('a finished save is shown in the file manager', async ({ engine, app, window }) => {
  using folder = new WorkFolder();
  await makeRandomImage(engine.host, 'e2e-reveal:1', 1000);
  await save(app, window, 'e2e-reveal:1', folder.file('x.tar'));
  await app.evaluate(({ shell }) => {
    shell.showItemInFolder = (path) => {
      process.env.LAYERDECK_E2E_REVEALED = path;
    };
  });
  await window.getByRole('button', { name: 'Show in folder' }).click();
  await expect.poll(() => app.evaluate(() => process.env.LAYERDECK_E2E_REVEALED)).toBe(folder.file('x.tar'));
  expect(statSync(folder.file('x.tar')).size).toBeGreaterThan(1000);
});
