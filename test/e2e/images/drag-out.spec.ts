import { makeRandomImage } from '../../support/random-image.ts';
import { expect, test } from '../../support/window/app.ts';
import { save } from '../../support/window/archive-in-window.ts';
import { dropOn, take } from '../../support/window/drag-in-window.ts';
import { dialogOf, rowOf, search } from '../../support/window/find-in-window.ts';
import { headline } from '../../support/window/transfer-in-window.ts';
import { WorkFolder } from '../../support/work-folder.ts';

test('a saved file is dragged out of the window', async ({ engine, app, window }) => {
  using folder = new WorkFolder();
  await makeRandomImage(engine.host, 'e2e-drag-out:1', 1000);
  await save(app, window, 'e2e-drag-out:1', folder.file('x.tar'));
  await expect(headline(window, 'Saved')).toBeVisible();
  await app.evaluate(({ BrowserWindow }) => {
    for (const { webContents } of BrowserWindow.getAllWindows()) {
      webContents.startDrag = ({ file }) => {
        process.env.LAYERDECK_E2E_DRAGGED = file;
      };
    }
  });
  await window.bringToFront();
  await take(window, window.getByRole('button', { name: 'x.tar: show it, or drag it out' }));
  await expect.poll(() => app.evaluate(() => process.env.LAYERDECK_E2E_DRAGGED)).toBe(folder.file('x.tar'));
  await window.mouse.up();
});

test('a row that is not selected is dragged alone onto “Save to a file”', async ({ engine, window }) => {
  await makeRandomImage(engine.host, 'e2e-drag-row:1', 1000);
  await search(window, 'e2e-drag-row');
  await take(window, rowOf(window, 'e2e-drag-row:1').getByRole('link'));
  const dock = window.getByRole('region', { name: 'Drop the images here' });
  await expect(dock).toContainText('1 dragged');
  await dropOn(window, dock.getByRole('button', { name: 'Save to a file' }));
  await expect(dialogOf(window)).toContainText('e2e-drag-row:1');
  await expect(dock).toHaveCount(0);
});

test('a row of the selection takes the whole selection with it', async ({ engine, window }) => {
  for (const tag of ['a', 'b', 'c']) await makeRandomImage(engine.host, `e2e-drag-rows:${tag}`, 1000);
  await search(window, 'e2e-drag-rows');
  for (const tag of ['a', 'c']) await rowOf(window, `e2e-drag-rows:${tag}`).getByRole('checkbox').check();
  await expect(window.getByRole('toolbar')).toContainText('2 selected');
  await take(window, rowOf(window, 'e2e-drag-rows:c').getByRole('link'));
  await expect(window.getByRole('toolbar')).toHaveCount(0);
  await dropOn(window, window.getByRole('button', { name: 'Save to a file' }));
  await expect(dialogOf(window).getByRole('checkbox', { name: /^e2e-drag-rows/ })).toHaveCount(2);
  await dialogOf(window).getByRole('button', { name: 'Cancel' }).click();
  await expect(window.getByRole('toolbar')).toContainText('2 selected');
});

test('a drag that is given up changes nothing, and text can still be selected', async ({ engine, window }) => {
  await makeRandomImage(engine.host, 'e2e-no-drag:1', 1000);
  await search(window, 'e2e-no-drag');
  const row = rowOf(window, 'e2e-no-drag:1');
  await take(window, row.getByRole('link'));
  await expect(window.getByRole('region', { name: 'Drop the images here' })).toBeVisible();
  await window.getByRole('heading', { name: 'Images', level: 1 }).hover();
  await window.mouse.up();
  await expect(window.getByRole('region', { name: 'Drop the images here' })).toHaveCount(0);
  await expect(dialogOf(window)).toHaveCount(0);
  const { x = 0, y = 0, width = 0, height = 0 } = (await row.getByRole('cell').nth(4).boundingBox()) ?? {};
  await window.mouse.move(x + 1, y + height / 2);
  await window.mouse.down();
  await window.mouse.move(x + width - 1, y + height / 2, { steps: 4 });
  await window.mouse.up();
  expect(await window.evaluate(() => String(getSelection()))).toContain('just now');
});
