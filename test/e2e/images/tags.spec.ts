import { makeRandomImage } from '../../support/random-image.ts';
import { expect, test } from '../../support/window/app.ts';
import { dialogOf, openImage, rowOf, search } from '../../support/window/find-in-window.ts';
import { ownName } from '../../support/window/own-engine.ts';
import { imageId, namesOf } from '../../support/window/read-engine.ts';

test('a tag is added', async ({ engine, window }) => {
  await makeRandomImage(engine.host, 'e2e-add:1', 1000);
  await openImage(window, 'e2e-add:1', 'Tags');
  await window.getByRole('button', { name: 'Add a tag…' }).click();
  const dialog = dialogOf(window);
  await expect(dialog.getByLabel('Name and tag')).toHaveValue(ownName('e2e-add:1').replace(/1$/, ''));
  await dialog.getByLabel('Name and tag').fill('my-team/e2e-add:stable');
  await expect(dialog).toContainText('“my-team/e2e-add” with the tag “stable”');
  await dialog.getByRole('button', { name: 'Add the tag' }).click();
  await expect(window.getByRole('listitem', { name: 'my-team/e2e-add:stable' })).toBeVisible();
  expect(await imageId(engine, 'my-team/e2e-add:stable')).toBe(await imageId(engine, 'e2e-add:1'));
});

test('no tag is added under an impossible name', async ({ engine, window }) => {
  await makeRandomImage(engine.host, 'e2e-refused:1', 1000);
  await openImage(window, 'e2e-refused:1', 'Tags');
  await window.getByRole('button', { name: 'Add a tag…' }).click();
  const dialog = dialogOf(window);
  for (const [text, reason] of [
    ['E2E-Refused:2', 'lowercase letters'],
    ['e2e-refused:', 'A tag has'],
    ['e2e-refused:-2', 'A tag has'],
    ['e2e..refused:2', 'joined by single'],
    ['e2e-refused:1', 'already has that name'],
  ] as const) {
    await dialog.getByLabel('Name and tag').fill(text);
    await expect(dialog).toContainText(reason);
    await expect(dialog.getByRole('button', { name: 'Add the tag' })).toBeDisabled();
    await dialog.getByLabel('Name and tag').press('Enter');
    await expect(dialog).toBeVisible();
  }
  expect(await namesOf(engine, 'e2e-refused:1')).toEqual([ownName('e2e-refused:1')]);
});

test('a tag that another image has is moved after a warning', async ({ engine, window }) => {
  await makeRandomImage(engine.host, 'e2e-move:old', 1000);
  await makeRandomImage(engine.host, 'e2e-move:new', 1000);
  await engine.docker(['tag', 'e2e-move:old', 'e2e-move:live']);
  const [from, to] = [await imageId(engine, 'e2e-move:old'), await imageId(engine, 'e2e-move:new')];
  await search(window, 'e2e-move');
  await rowOf(window, 'e2e-move:new')
    .getByRole('button', { name: `Actions for ${ownName('e2e-move:new')}` })
    .click();
  await window.getByRole('menuitem', { name: 'Tags…' }).click();
  await dialogOf(window).getByRole('button', { name: 'Add a tag…' }).click();
  await dialogOf(window).getByLabel('Name and tag').fill('e2e-move:live');
  await expect(dialogOf(window).getByRole('note')).toContainText(
    `This moves the tag e2e-move:live from ${from.slice(7, 19)} to ${to.slice(7, 19)}`,
  );
  expect(await imageId(engine, 'e2e-move:live')).toBe(from);
  await dialogOf(window).getByRole('button', { name: 'Move the tag' }).click();
  await expect.poll(() => imageId(engine, 'e2e-move:live')).toBe(to);
  expect(await imageId(engine, 'e2e-move:old')).toBe(from);
});

test('a tag is removed, and the image stays as long as it has another', async ({ engine, window }) => {
  await makeRandomImage(engine.host, 'e2e-untag:1', 1000);
  await engine.docker(['tag', 'e2e-untag:1', 'e2e-untag:2']);
  const id = await imageId(engine, 'e2e-untag:1');
  await openImage(window, 'e2e-untag:1', 'Tags');
  await window.getByRole('button', { name: `Remove the tag ${ownName('e2e-untag:2')}` }).click();
  await expect(dialogOf(window)).toContainText('The image stays, with its 1 other name.');
  await expect(dialogOf(window).getByRole('button', { name: 'Keep' })).toBeFocused();
  // The safe button has the focus: Enter keeps the tag.
  await window.keyboard.press('Enter');
  await expect(dialogOf(window)).toHaveCount(0);
  expect(await namesOf(engine, id)).toEqual(['e2e-untag:1', 'e2e-untag:2'].map(ownName));

  await window.getByRole('button', { name: `Remove the tag ${ownName('e2e-untag:2')}` }).click();
  await dialogOf(window).getByRole('button', { name: 'Remove the tag' }).click();
  await expect(window.getByRole('listitem', { name: 'e2e-untag:2' })).toHaveCount(0);
  expect(await namesOf(engine, id)).toEqual([ownName('e2e-untag:1')]);
});

test('the last name of an image goes only with the image', async ({ engine, window }) => {
  await makeRandomImage(engine.host, 'e2e-last-name:1', 1000);
  await openImage(window, 'e2e-last-name:1', 'Tags');
  await window.getByRole('button', { name: `Remove the tag ${ownName('e2e-last-name:1')}` }).click();
  await expect(dialogOf(window)).toContainText('is the image’s last name');
  await dialogOf(window).getByRole('button', { name: 'Remove the image…' }).click();
  await expect(dialogOf(window)).toContainText('until you press the button');
  await dialogOf(window)
    .getByRole('button', { name: /^Remove 1\simage/ })
    .click();
  await expect.poll(() => imageId(engine, 'e2e-last-name:1')).toBe('');
});
