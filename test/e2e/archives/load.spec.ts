import { renameSync } from 'node:fs';
import { dropFiles } from '../../../tools/drive/drop-files.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { expect, test } from '../../support/window/app.ts';
import { archivedImage, cardOf, chooseFiles, load } from '../../support/window/archive-in-window.ts';
import { damages } from '../../support/window/damage-file.ts';
import { dialogOf, rowOf } from '../../support/window/find-in-window.ts';
import { ownName } from '../../support/window/own-engine.ts';
import { allImageIds, imageId } from '../../support/window/read-engine.ts';
import { headline, stop, untilPercent } from '../../support/window/transfer-in-window.ts';
import { writeArchive } from '../../support/window/write-archive.ts';
import { WorkFolder } from '../../support/work-folder.ts';

test('a chosen file is loaded once the button is pressed', async ({ engine, app, window }) => {
  using folder = new WorkFolder();
  const id = await writeArchive(engine, 'e2e-load:1', folder.file('x.tar'));
  await chooseFiles(app, window, [folder.file('x.tar')]);
  await expect(dialogOf(window).getByRole('list', { name: 'To load' })).toContainText(folder.file('x.tar'));
  expect(await imageId(engine, 'e2e-load:1')).toBe('');
  await load(window);
  await expect(headline(window, /1\simage loaded/)).toBeVisible();
  await expect(window.getByRole('region', { name: 'Result' })).toContainText('e2e-load');
  expect(await imageId(engine, 'e2e-load:1')).toBe(id);
});

test('several files are dropped and loaded at once; files that aren’t images stay out', async ({ engine, window }) => {
  using folder = new WorkFolder({ 'notes.txt': 'no image' });
  const ids = [
    await writeArchive(engine, 'e2e-drop:a', folder.file('a.tar')),
    await writeArchive(engine, 'e2e-drop:b', folder.file('b.tar')),
  ];
  await dropFiles(
    window,
    ['a.tar', 'b.tar', 'notes.txt'].map((name) => folder.file(name)),
  );
  await expect(cardOf(window, 'a.tar')).toContainText('e2e-drop');
  await expect(cardOf(window, 'b.tar')).toContainText('e2e-drop');
  await expect(dialogOf(window).getByRole('note')).toContainText('notes.txt: This is text, not an image');
  await load(window, 'Load 2 images');
  await expect.poll(() => Promise.all(['a', 'b'].map((tag) => imageId(engine, `e2e-drop:${tag}`)))).toEqual(ids);
});

test('a file is shown also if the row that it was held over goes away before it is let go', async ({ engine, window }) => {
  using folder = new WorkFolder();
  await writeArchive(engine, 'e2e-drop:held', folder.file('held.tar'));
  await makeRandomImage(engine.host, 'e2e-drop:goes', 1000);
  const row = rowOf(window, 'e2e-drop:goes');
  const box = await row.boundingBox();
  if (!box) throw new Error('The row has no place.');
  await dropFiles(window, [folder.file('held.tar')], {
    at: { x: box.x + box.width / 2, y: box.y + box.height / 2 },
    whileOver: async () => {
      await engine.docker(['rmi', 'e2e-drop:goes']);
      await expect(row).toHaveCount(0);
    },
  });
  await expect(cardOf(window, 'held.tar')).toContainText('e2e-drop');
});

test('files of the wrong kind are refused, and nothing is sent to the engine', async ({ engine, app, window }) => {
  using folder = new WorkFolder({
    'notes.txt': 'This is a text.\n'.repeat(100),
    'empty.tar': '',
  });
  const before = (await allImageIds(engine)).toSorted();
  for (const [name, reason] of [
    ['notes.txt', 'This is text, not an image'],
    ['empty.tar', 'The file is empty'],
  ] as const) {
    await chooseFiles(app, window, [folder.file(name)]);
    await expect(dialogOf(window)).toContainText('This file can’t be loaded');
    await expect(dialogOf(window)).toContainText(reason);
    await expect(dialogOf(window).getByRole('button', { name: /^Load/ })).toHaveCount(0);
    await dialogOf(window).getByRole('button', { name: 'Close' }).click();
  }
  await window.getByRole('button', { name: /^Activity/ }).click();
  await expect(dialogOf(window).getByRole('listitem', { name: /notes|empty/ })).toHaveCount(0);
  expect((await allImageIds(engine)).toSorted()).toEqual(before);
});

const harms = [
  ['cut off', damages['cut off'], /The file is cut off/],
  // the damage is in a layer, or over what stands between two files, depending on the tool's order
  ['garbage', damages.garbage, /(?:The file|A layer of the image) is damaged/],
  ['bit-flipped', damages['bit-flipped'], /A layer of the image is damaged/],
] as const;

for (const [damage, harm, words] of harms) {
  test(`an archive that is ${damage} after it was looked into fails with an explanation and loads nothing`, async ({
    engine,
    app,
    window,
  }) => {
    using folder = new WorkFolder();
    await writeArchive(engine, 'e2e-damaged:1', folder.file('x.tar'));
    await chooseFiles(app, window, [folder.file('x.tar')]);
    await expect(archivedImage(window, ownName('e2e-damaged:1'))).toContainText('New');
    harm(folder.file('x.tar'));
    await load(window);
    await expect(window.getByRole('main').getByRole('alert')).toContainText(words);
    await expect(headline(window, 'It was not loaded')).toBeVisible();
    expect(await imageId(engine, 'e2e-damaged:1')).toBe('');
  });
}

test('an archive that is cut off is refused before anything is sent', async ({ engine, app, window }) => {
  using folder = new WorkFolder();
  await writeArchive(engine, 'e2e-cut-off:1', folder.file('x.tar'));
  damages['cut off'](folder.file('x.tar'));
  await chooseFiles(app, window, [folder.file('x.tar')]);
  await expect(cardOf(window, 'x.tar').getByRole('note')).toContainText('The file is cut off');
  await expect(dialogOf(window).getByRole('button', { name: /^Load/ })).toHaveCount(0);
});

test('a load is stopped early and late', async ({ engine, app, window }) => {
  using folder = new WorkFolder();
  await writeArchive(engine, 'e2e-stop-load:1', folder.file('x.tar'), 300_000_000);
  for (const percent of [0, 5]) {
    await chooseFiles(app, window, [folder.file('x.tar')]);
    await load(window);
    if (percent > 0) await untilPercent(window, percent);
    await stop(window);
    await expect(headline(window, 'Stopped. Nothing was loaded.')).toBeVisible();
    expect(await imageId(engine, 'e2e-stop-load:1')).toBe('');
  }
});

test('two loads run at the same time', async ({ engine, app, window }) => {
  using folder = new WorkFolder();
  const names = ['one', 'two'];
  const files = names.map((name) => folder.file(`at-once-${name}.tar`));
  const ids: string[] = [];
  for (const [index, name] of names.entries())
    ids.push(await writeArchive(engine, `e2e-two-loads:${name}`, files[index] ?? '', 200_000_000));
  await chooseFiles(app, window, files);
  await load(window, 'Load 2 images');
  const running = dialogOf(window)
    .getByRole('region', { name: 'Running' })
    .getByRole('listitem', { name: /at-once/ });
  await expect(running).toHaveCount(2);
  await expect.poll(() => Promise.all(names.map((name) => imageId(engine, `e2e-two-loads:${name}`))), { timeout: 30_000 }).toEqual(ids);
});

test('a file that is replaced after it was looked into moves no name that was not shown', async ({ engine, app, window }) => {
  using folder = new WorkFolder();
  await writeArchive(engine, 'e2e-shown:1', folder.file('x.tar'));
  await writeArchive(engine, 'e2e-not-shown:1', folder.file('other.tar'));
  await makeRandomImage(engine.host, 'e2e-not-shown:1', 1000);
  const before = await imageId(engine, 'e2e-not-shown:1');
  await chooseFiles(app, window, [folder.file('x.tar')]);
  await expect(archivedImage(window, ownName('e2e-shown:1'))).toContainText('New');
  renameSync(folder.file('other.tar'), folder.file('x.tar'));
  await load(window);
  await expect(headline(window, 'It was not loaded')).toBeVisible();
  await expect(window.getByRole('main').getByRole('alert')).toContainText('The file has changed');
  expect(await imageId(engine, 'e2e-not-shown:1')).toBe(before);
});
