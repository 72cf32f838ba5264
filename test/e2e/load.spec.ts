import { dropFiles } from '../../tools/drive/drop-files.ts';
import type { Engine } from '../../tools/engine/engine.ts';
import { makeRandomImage } from '../support/random-image.ts';
import { WorkFolder } from '../support/work-folder.ts';
import { expect, test } from './app.ts';
import { chooseFiles, load } from './archive-in-window.ts';
import { damages } from './damage-file.ts';
import { dialogOf } from './find-in-window.ts';
import { tarOf } from './made-images.ts';
import { allImageIds, imageId } from './read-engine.ts';
import { headline, stop, untilPercent } from './transfer-in-window.ts';

/** Writes an archive of a new image that the engine then no longer has; gives the image's id. */
async function archive(engine: Engine, reference: string, path: string, bytes = 2_000_000): Promise<string> {
  await makeRandomImage(engine.host, reference, bytes);
  const id = await imageId(engine, reference);
  await engine.docker(['save', '--output', path, reference]);
  await engine.docker(['rmi', reference]);
  return id;
}

test('a chosen file is loaded after one said so', async ({ engine, app, window }) => {
  using folder = new WorkFolder();
  const id = await archive(engine, 'e2e-load:1', folder.file('x.tar'));
  await chooseFiles(app, window, [folder.file('x.tar')]);
  await expect(dialogOf(window).getByRole('list', { name: 'To load' })).toContainText(folder.file('x.tar'));
  expect(await imageId(engine, 'e2e-load:1')).toBe('');
  await load(window);
  await expect(headline(window, /1\simage loaded/)).toBeVisible();
  await expect(window.getByRole('region', { name: 'Result' })).toContainText('e2e-load');
  expect(await imageId(engine, 'e2e-load:1')).toBe(id);
});

test('several files are dropped and loaded at once; what is no image stays out', async ({ engine, window }) => {
  using folder = new WorkFolder({ 'notes.txt': 'no image' });
  const ids = [await archive(engine, 'e2e-drop:a', folder.file('a.tar')), await archive(engine, 'e2e-drop:b', folder.file('b.tar'))];
  await dropFiles(
    window,
    ['a.tar', 'b.tar', 'notes.txt'].map((name) => folder.file(name)),
  );
  await expect(dialogOf(window).getByRole('list', { name: 'To load' }).getByRole('listitem')).toHaveCount(2);
  await expect(dialogOf(window).getByRole('note')).toContainText('notes.txt: notes.txt is not a tarball');
  await load(window, 'Load 2 files');
  await expect.poll(() => Promise.all(['a', 'b'].map((tag) => imageId(engine, `e2e-drop:${tag}`)))).toEqual(ids);
});

test('files of the wrong kind are refused, and nothing is sent to the engine', async ({ engine, app, window }) => {
  using folder = new WorkFolder({
    'notes.txt': 'This is a text.\n'.repeat(100),
    'empty.tar': '',
    'rootfs.tar': await tarOf({ 'etc/passwd': 'root', 'bin/sh': 'x' }),
  });
  const before = (await allImageIds(engine)).toSorted();
  for (const [name, reason] of [
    ['notes.txt', 'notes.txt is not a tarball'],
    ['empty.tar', 'The file is empty.'],
    ['rootfs.tar', 'It is a tarball, but not of an image'],
  ] as const) {
    await chooseFiles(app, window, [folder.file(name)]);
    await expect(dialogOf(window)).toContainText('This file cannot be loaded');
    await expect(dialogOf(window)).toContainText(reason);
    await expect(dialogOf(window).getByRole('button', { name: /^Load/ })).toHaveCount(0);
    await dialogOf(window).getByRole('button', { name: 'Close' }).click();
  }
  await window.getByRole('button', { name: /^Activity/ }).click();
  await expect(dialogOf(window).getByRole('listitem', { name: /notes|empty|rootfs/ })).toHaveCount(0);
  expect((await allImageIds(engine)).toSorted()).toEqual(before);
});

for (const [damage, harm] of Object.entries(damages)) {
  test(`a ${damage} archive fails in words and loads nothing`, async ({ engine, app, window }) => {
    using folder = new WorkFolder();
    await archive(engine, 'e2e-damaged:1', folder.file('x.tar'));
    harm(folder.file('x.tar'));
    await chooseFiles(app, window, [folder.file('x.tar')]);
    await load(window);
    await expect(window.getByRole('main').getByRole('alert')).toContainText('The file is damaged or is not an image');
    await expect(headline(window, 'It was not loaded')).toBeVisible();
    expect(await imageId(engine, 'e2e-damaged:1')).toBe('');
  });
}

test('a load is stopped early and late', async ({ engine, app, window }) => {
  using folder = new WorkFolder();
  await archive(engine, 'e2e-stop-load:1', folder.file('x.tar'), 300_000_000);
  for (const percent of [0, 5]) {
    await chooseFiles(app, window, [folder.file('x.tar')]);
    await load(window);
    if (percent > 0) await untilPercent(window, percent);
    await stop(window);
    await expect(headline(window, 'Stopped. Nothing was loaded.')).toBeVisible({ timeout: 2000 });
    expect(await imageId(engine, 'e2e-stop-load:1')).toBe('');
  }
});
