import { readdirSync, readlinkSync } from 'node:fs';
import type { ElectronApplication } from '@playwright/test';
import { dropFiles } from '../../../tools/drive/drop-files.ts';
import { runCommand } from '../../../tools/engine/run-command.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { TarballCases } from '../../support/tarball-cases.ts';
import { expect, test } from '../../support/window/app.ts';
import { archivedImage, cardOf, chooseFiles, load } from '../../support/window/archive-in-window.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf } from '../../support/window/find-in-window.ts';
import { archiveOf } from '../../support/window/made-images.ts';
import { imageId, namesOf } from '../../support/window/read-engine.ts';
import { headline, stop } from '../../support/window/transfer-in-window.ts';
import { writeArchive } from '../../support/window/write-archive.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const createdAt = new Date('2026-01-02T03:04:05Z');
const short = (id: string): string => id.slice('sha256:'.length, 'sha256:'.length + 12);

test('what is inside is shown, layer by layer, before anything is loaded', async ({ engine, app, window }) => {
  using folder = new WorkFolder();
  folder.write('x.tar', await archiveOf([{ reference: 'e2e-inside:1', bytes: 30_000, createdAt }]));
  await chooseFiles(app, window, [folder.file('x.tar')]);
  const image = archivedImage(window, 'e2e-inside:1');
  await expect(image).toContainText('linux/amd64');
  await expect(image).toContainText(/1\slayer/);
  await expect(image).toContainText('e2e-inside:1 New');
  await image.getByText('Layers, one by one').click();
  await expect(image.getByRole('listitem').filter({ hasText: 'COPY . /' })).toContainText('kB');
  await expectNoViolations(window);
  await dialogOf(window).getByRole('button', { name: 'Cancel' }).click();
  expect(await imageId(engine, 'e2e-inside:1')).toBe('');
});

test('parts of a file that won’t be loaded are named, and so are layers that it lacks', async ({ app, window }) => {
  using cases = new TarballCases();
  await chooseFiles(app, window, [cases.file('cosign-layout')]);
  const card = cardOf(window, 'x.tar');
  await expect(card.getByRole('note')).toContainText('Besides the images there is something else');
  await expect(card).toContainText('hb-signed');
  await expectNoViolations(window);
  await dialogOf(window).getByRole('button', { name: 'Cancel' }).click();
  await chooseFiles(app, window, [cases.file('partial-archive')]);
  await expect(card).toContainText('Layers are neither in the file nor on this engine');
  await card.getByText('Layers, one by one').click();
  await expect(card.getByText('Not in the file', { exact: true })).toBeVisible();
  await expectNoViolations(window);
  await dialogOf(window).getByRole('button', { name: 'Close' }).click();
});

test('a tag that moves is named with both images, and moves', async ({ engine, app, window }) => {
  using folder = new WorkFolder();
  const inFile = await writeArchive(engine, 'e2e-moves:latest', folder.file('x.tar'));
  await makeRandomImage(engine.host, 'e2e-moves:latest', 1000);
  const before = await imageId(engine, 'e2e-moves:latest');
  await chooseFiles(app, window, [folder.file('x.tar')]);
  const image = archivedImage(window, 'e2e-moves:latest');
  await expect(image).toContainText(`This moves e2e-moves:latest from ${short(before)} to ${short(inFile)}`);
  await expect(image).toContainText('stays, but untagged');
  await expectNoViolations(window);
  await load(window, 'Load 1 image');
  await expect(headline(window, /1\simage loaded/)).toBeVisible();
  expect(await imageId(engine, 'e2e-moves:latest')).toBe(inFile);
  expect(await namesOf(engine, before)).toEqual([]);
});

test('a tag that is kept back stays where it is, and the others come', async ({ engine, app, window }) => {
  using folder = new WorkFolder();
  await makeRandomImage(engine.host, 'e2e-kept:latest', 200_000);
  const inFile = await imageId(engine, 'e2e-kept:latest');
  await engine.docker(['tag', 'e2e-kept:latest', 'e2e-kept:2']);
  await engine.docker(['save', '--output', folder.file('x.tar'), 'e2e-kept:latest', 'e2e-kept:2']);
  await engine.docker(['rmi', 'e2e-kept:latest', 'e2e-kept:2']);
  await makeRandomImage(engine.host, 'e2e-kept:latest', 1000);
  const before = await imageId(engine, 'e2e-kept:latest');
  await chooseFiles(app, window, [folder.file('x.tar')]);
  await dialogOf(window).getByRole('checkbox', { name: 'Leave e2e-kept:latest where it is' }).check();
  await expect(dialogOf(window)).toContainText(`e2e-kept:latest stays at ${short(before)}`);
  await load(window);
  await expect(window.getByRole('list', { name: 'Loaded', exact: true })).toContainText('2');
  await expect(window.getByRole('list', { name: 'Left where they were' })).toContainText('latest');
  expect(await imageId(engine, 'e2e-kept:latest')).toBe(before);
  expect(await imageId(engine, 'e2e-kept:2')).toBe(inFile);
});

test('with hundreds of images in a file, only those in sight are in the page, each with its true place', async ({ app, window }) => {
  using folder = new WorkFolder();
  const images = Array.from({ length: 300 }, (_, index) => ({ reference: `e2e-many-inside:${index}`, bytes: 1000, createdAt }));
  folder.write('x.tar', await archiveOf(images));
  await chooseFiles(app, window, [folder.file('x.tar')]);
  await expect(dialogOf(window).getByRole('button', { name: 'Load 300 images' })).toBeEnabled();
  const rows = dialogOf(window).getByRole('listitem', { name: /^e2e-many-inside:/ });
  expect(await rows.count()).toBeLessThan(40);
  await expect(rows.first()).toHaveAttribute('aria-setsize', '300');
  // the list grows as its rows are measured: one jump does not reach the end
  const body = dialogOf(window).locator('.scroll').first();
  await expect
    .poll(
      async () => {
        await body.evaluate((box) => box.scrollTo({ top: box.scrollHeight }));
        return archivedImage(window, 'e2e-many-inside:299').isVisible();
      },
      { timeout: 20_000, intervals: [50] },
    )
    .toBe(true);
  await expect(archivedImage(window, 'e2e-many-inside:299')).toHaveAttribute('aria-posinset', '300');
  await expect(archivedImage(window, 'e2e-many-inside:0')).toHaveCount(0);
});

test('images that are already here are marked as such', async ({ engine, app, window }) => {
  using folder = new WorkFolder();
  await makeRandomImage(engine.host, 'e2e-here:1', 1000);
  await engine.docker(['save', '--output', folder.file('x.tar'), 'e2e-here:1']);
  await chooseFiles(app, window, [folder.file('x.tar')]);
  await expect(archivedImage(window, 'e2e-here:1')).toContainText('Already here');
  // looking inside took a moment: the focus is where Enter acts
  await expect(dialogOf(window).getByRole('button', { name: 'Load 1 image' })).toBeFocused();
  await expect(dialogOf(window).getByRole('checkbox')).toHaveCount(0);
});

/** Whether the app has this file open. */
const hasOpen = (app: ElectronApplication, path: string): boolean => {
  const descriptors = `/proc/${app.process().pid}/fd`;
  return readdirSync(descriptors).some((number) => linkOf(`${descriptors}/${number}`) === path);
};

const linkOf = (path: string): string => {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // closed since
  }
};

/** An archive with one member of 300 MB that takes half a minute to unpack, as it is bzip2: it is left long before its end. */
async function writeSlowFile(folder: WorkFolder, name: string): Promise<string> {
  const inFolder = (command: string) => runCommand('sh', ['-c', `cd ${folder.path} && ${command}`]);
  await inFolder('truncate -s 300000000 member && tar -cf - member | head -c 512 | bzip2 >head');
  await inFolder('head -c 3000000 /dev/urandom | bzip2 >part');
  await inFolder(`(cat head; for i in $(seq 100); do cat part; done) >${name}`);
  return folder.file(name);
}

test('a packed file is read until the dialog is closed or the look skipped, and is sent without the look', async ({ app, window }) => {
  using folder = new WorkFolder();
  const path = await writeSlowFile(folder, 'x.tar.bz2');
  const card = cardOf(window, 'x.tar.bz2');
  for (const end of ['Cancel', 'Skip']) {
    await chooseFiles(app, window, [path]);
    await expect(card.getByRole('progressbar', { name: 'Looking inside' })).toBeVisible();
    await expect(dialogOf(window).getByRole('button', { name: 'Load 1 file' })).toBeDisabled();
    await expect.poll(() => hasOpen(app, path)).toBe(true);
    await dialogOf(window).getByRole('button', { name: end }).click();
    await expect.poll(() => hasOpen(app, path)).toBe(false);
  }
  await expect(card).toContainText('Layerdeck didn’t look inside');
  await load(window, 'Load 1 file');
  await expect.poll(() => hasOpen(app, path)).toBe(true);
  await stop(window);
  await expect(headline(window, 'Stopped. Nothing was loaded.')).toBeVisible();
  await expect.poll(() => hasOpen(app, path)).toBe(false);
});

test('a packed file is read to its end, and what is in it is loaded', async ({ engine, app, window }) => {
  using folder = new WorkFolder();
  await makeRandomImage(engine.host, 'e2e-packed:1', 50_000_000);
  await engine.docker(['save', '--output', folder.file('x.tar'), 'e2e-packed:1']);
  await engine.docker(['rmi', 'e2e-packed:1']);
  await runCommand('gzip', ['-1', folder.file('x.tar')]);
  await chooseFiles(app, window, [folder.file('x.tar.gz')]);
  await expect(archivedImage(window, 'e2e-packed:1')).toContainText('New');
  await load(window, 'Load 1 image');
  await expect(headline(window, /1\simage loaded/)).toBeVisible();
});

test('without an engine a file can be looked into, but not loaded', async ({ launch, folder }) => {
  using files = new WorkFolder();
  files.write('x.tar', await archiveOf([{ reference: 'e2e-no-engine:1', bytes: 1000, createdAt }]));
  const window = await (await launch({ host: `unix://${folder}/nobody.sock` })).firstWindow();
  await expect(window.getByRole('heading', { level: 1, name: /engine/i })).toBeVisible();
  await dropFiles(window, [files.file('x.tar'), files.path]);
  await expect(archivedImage(window, 'e2e-no-engine:1')).toContainText('linux/amd64');
  await expect(dialogOf(window)).toContainText('No engine answers');
  await expect(dialogOf(window).getByRole('button', { name: 'Load 1 image' })).toBeDisabled();
  await expect(dialogOf(window).getByRole('note')).toContainText('A folder is built on its own. Drop it by itself.');
});
