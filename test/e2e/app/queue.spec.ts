import { makeRandomImage } from '../../support/random-image.ts';
import { expect, test } from '../../support/window/app.ts';
import { chooseFolder, startBuild } from '../../support/window/build-in-window.ts';
import { dialogOf, openImage, rowOf, search, showPage } from '../../support/window/find-in-window.ts';
import { imageId } from '../../support/window/read-engine.ts';
import { WorkFolder } from '../../support/work-folder.ts';

test('while six builds run and others wait, a tag is added and an image removed at once', async ({ engine, launch }) => {
  const app = await launch();
  const window = await app.firstWindow();
  using folder = new WorkFolder({ Dockerfile: 'FROM layerdeck/base:1\nRUN sleep 1000\n' });
  await makeRandomImage(engine.host, 'e2e-quick:1', 1000);
  await makeRandomImage(engine.host, 'e2e-quick-gone:1', 1000);
  for (let number = 1; number <= 8; number += 1) {
    await chooseFolder(app, window, folder.path);
    await startBuild(window, `e2e-long:${number}`);
    await expect(window.getByRole('heading', { level: 1, name: new RegExp(`e2e-long:${number}`) })).toBeVisible();
  }
  await expect(window.getByRole('button', { name: 'Activity: 6 running, 2 waiting' })).toBeVisible();

  await openImage(window, 'e2e-quick:1', 'Tags');
  await window.getByRole('button', { name: 'Add a tag…' }).click();
  await dialogOf(window).getByLabel('Name and tag').fill('e2e-quick:2');
  await dialogOf(window).getByRole('button', { name: 'Add the tag' }).click();
  await expect(window.getByRole('listitem', { name: 'e2e-quick:2' })).toBeVisible();

  await showPage(window, 'Images');
  await search(window, 'e2e-quick-gone');
  await rowOf(window, 'e2e-quick-gone:1').getByRole('button', { name: 'Actions for e2e-quick-gone:1' }).click();
  await window.getByRole('menuitem', { name: 'Remove…' }).click();
  await dialogOf(window)
    .getByRole('button', { name: /^Remove 1\simage/ })
    .click();
  await expect.poll(() => imageId(engine, 'e2e-quick-gone:1')).toBe('');
  await expect(window.getByRole('button', { name: 'Activity: 6 running, 2 waiting' })).toBeVisible();
});
