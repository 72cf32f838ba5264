import { makeRandomImage } from '../../support/random-image.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { expect, test } from '../../support/window/app.ts';
import { dialogOf, openImage, rowOf, search, showPage } from '../../support/window/find-in-window.ts';
import { headline } from '../../support/window/transfer-in-window.ts';

test('every selected image is pushed, and the button says how many and how much', async ({ engine, window }) => {
  await using registry = await runRegistry();
  const names = ['one', 'two', 'three'].map((name) => `${registry.address}/e2e-chosen-${name}`);
  for (const name of names) {
    await makeRandomImage(engine.host, `${name}:1`, 1_000_000);
    await engine.docker(['tag', `${name}:1`, `${name}:2`]);
  }
  await showPage(window, 'Images');
  await search(window, 'e2e-chosen');
  for (const name of names) await rowOf(window, `${name}:1`).getByRole('checkbox').check();
  await window.getByRole('button', { name: 'Push…' }).click();
  for (const name of names) {
    await expect(dialogOf(window).getByRole('checkbox', { name: `${name}:1` })).toBeChecked();
    await expect(dialogOf(window).getByRole('checkbox', { name: `${name}:2` })).not.toBeChecked();
  }
  await dialogOf(window)
    .getByRole('button', { name: /^Push 3\simages, 3\.0\sMB$/ })
    .click();
  await expect(headline(window, 'can now get')).toBeVisible();
  for (const name of ['one', 'two', 'three']) expect(await registry.tagsOf(`e2e-chosen-${name}`)).toEqual(['1']);
});

test('a name that only Docker can publish goes to the registry on this computer, once it is started', async ({ engine, window }) => {
  await makeRandomImage(engine.host, 'e2e-bare:1', 1000);
  await openImage(window, 'e2e-bare:1');
  await window.getByRole('button', { name: 'Push…' }).click();
  const dialog = dialogOf(window);
  await expect(dialog).toContainText('Nobody can publish e2e-bare:1 there');
  await expect(dialog.getByRole('radio', { name: /Docker Hub/ })).toBeDisabled();
  await expect(dialog.getByRole('radio', { name: 'The registry on this computer' })).toBeChecked();
  await expect(dialog.getByRole('button', { name: /^Push/ })).toBeDisabled();
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Start the registry' }).click();
  await dialog.getByRole('button', { name: /^Push/ }).click();
  await expect(headline(window, /can now get localhost:\d+\/e2e-bare:1/)).toBeVisible();

  // the name it has there now begins with that registry: it is one place, not two
  const address = (await engine.docker(['port', 'layerdeck-registry', '5000'])).trim().replace('127.0.0.1', 'localhost');
  await openImage(window, 'e2e-bare:1');
  await window.getByRole('button', { name: 'Push…' }).click();
  await expect(dialog.getByRole('checkbox', { name: `${address}/e2e-bare:1` })).toBeChecked();
  await expect(dialog.getByRole('radio')).toHaveCount(1);
  await expect(dialog.getByRole('radio', { name: `The registry on this computer, ${address}` })).toBeChecked();
});

test('starting the registry chooses it for the push', async ({ engine, window }) => {
  await engine.docker(['stop', '--time', '1', 'layerdeck-registry']);
  await makeRandomImage(engine.host, 'localhost:1/e2e-elsewhere:1', 1000);
  await openImage(window, 'localhost:1/e2e-elsewhere:1');
  await window.getByRole('button', { name: 'Push…' }).click();
  const dialog = dialogOf(window);
  await expect(dialog.getByRole('radio', { name: 'localhost:1' })).toBeChecked();
  await dialog.getByRole('button', { name: 'Start the registry' }).click();
  await expect(dialog.getByRole('radio', { name: 'The registry on this computer' })).toBeChecked();
  await expect(dialog.getByRole('button', { name: /^Push/ })).toBeEnabled();
  await expect(dialog.getByRole('alert')).toHaveCount(0);
});
