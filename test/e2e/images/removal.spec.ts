import { makeRandomImage } from '../../support/random-image.ts';
import { expect, test } from '../../support/window/app.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf, openImage, rowOf, search } from '../../support/window/find-in-window.ts';
import { imageId, namesOf } from '../../support/window/read-engine.ts';

test('a removal says beforehand which names go and how much space it frees', async ({ engine, window }) => {
  await makeRandomImage(engine.host, 'e2e-remove:1', 3_012_345);
  await engine.docker(['tag', 'e2e-remove:1', 'e2e-remove:2']);
  const id = await imageId(engine, 'e2e-remove:1');
  await openImage(window, 'e2e-remove:1');
  await window.getByRole('button', { name: 'Remove…' }).click();
  const dialog = dialogOf(window);
  await expect(dialog.getByRole('list', { name: 'To be removed' })).toContainText('This also removes its name e2e-remove:2');
  await expect(dialog).toContainText(/This frees 3\.0\sMB/);
  await expect(dialog.getByRole('button', { name: 'Keep' })).toBeFocused();
  await window.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  expect(await namesOf(engine, id)).toEqual(['e2e-remove:1', 'e2e-remove:2']);

  await window.getByRole('button', { name: 'Remove…' }).click();
  await dialog.getByRole('button', { name: /^Remove 1\simage, free 3\.0\sMB$/ }).click();
  await expect.poll(() => imageId(engine, 'e2e-remove')).toBe('');
});

test('several images are removed at once; layers that another image has bring no space back', async ({ engine, window }) => {
  const from = async (reference: string, bytes: number) =>
    engine.docker(['build', '--quiet', '--tag', reference, '-'], {
      input: `FROM layerdeck/base:1\nRUN dd if=/dev/urandom of=/x bs=1000 count=${bytes / 1000}\n`,
    });
  await from('e2e-several:1', 1_003_000);
  await from('e2e-several:2', 2_007_000);
  await search(window, 'e2e-several');
  // the newest comes first: the list must not move under the pointer
  for (const [tag, size] of [
    [2, '4.0'],
    [1, '3.0'],
  ])
    await expect(rowOf(window, `e2e-several:${tag}`)).toContainText(`${size}`);
  for (const tag of [1, 2]) await rowOf(window, `e2e-several:${tag}`).getByRole('checkbox').check();
  await window.getByRole('toolbar', { name: 'Selected images' }).getByRole('button', { name: 'Remove…' }).click();
  await expect(dialogOf(window).getByRole('listitem')).toHaveCount(2);
  await dialogOf(window)
    .getByRole('button', { name: /^Remove 2\simages, free 3\.0\sMB$/ })
    .press('Enter');
  await expect(dialogOf(window)).toHaveCount(0);
  await expect.poll(() => imageId(engine, 'e2e-several')).toBe('');
  expect(await imageId(engine, 'layerdeck/base:1')).not.toBe('');
});

test('an image that a container uses can’t be removed, and the window says which', async ({ engine, window }) => {
  await makeRandomImage(engine.host, 'e2e-in-use:1', 1000);
  await engine.docker(['create', '--name', 'e2e-holder', 'e2e-in-use:1', 'x']);
  await search(window, 'e2e-in-use');
  await expect(rowOf(window, 'e2e-in-use:1')).toContainText('In use by e2e-holder');
  await rowOf(window, 'e2e-in-use:1').focus();
  await window.keyboard.press('Delete');
  const dialog = dialogOf(window);
  await expect(dialog.getByRole('note')).toContainText('e2e-in-use:1 stays: in use by e2e-holder.');
  await expect(dialog.getByRole('button', { name: 'Remove', exact: true })).toBeDisabled();
  await window.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  expect(await imageId(engine, 'e2e-in-use:1')).not.toBe('');

  await engine.docker(['rm', 'e2e-holder']);
  await expect(rowOf(window, 'e2e-in-use:1')).not.toContainText('In use');
  await window.keyboard.press('Delete');
  await dialog.getByRole('button', { name: /^Remove 1/ }).click();
  await expect.poll(() => imageId(engine, 'e2e-in-use:1')).toBe('');
});

test('only selected images that no container uses are removed', async ({ engine, window }) => {
  for (const tag of ['free', 'held']) await makeRandomImage(engine.host, `e2e-mixed:${tag}`, 1000);
  await engine.docker(['create', '--name', 'e2e-mixed', 'e2e-mixed:held', 'x']);
  await search(window, 'e2e-mixed');
  await expect(rowOf(window, 'e2e-mixed:held')).toContainText('In use');
  await window.getByRole('checkbox', { name: 'Select all' }).check();
  await window.getByRole('toolbar').getByRole('button', { name: 'Remove…' }).click();
  await expect(dialogOf(window).getByRole('note')).toContainText(/1\simage can’t be removed/);
  await dialogOf(window)
    .getByRole('button', { name: /^Remove 1/ })
    .click();
  await expect.poll(() => imageId(engine, 'e2e-mixed:free')).toBe('');
  expect(await imageId(engine, 'e2e-mixed:held')).not.toBe('');
  await engine.docker(['rm', 'e2e-mixed']);
});

test('a container that holds an image back is removed in the same dialog, after one more question, and the image after it', async ({
  engine,
  window,
}) => {
  await engine.docker(['build', '--quiet', '--tag', 'e2e-held:1', '-'], {
    input: 'FROM layerdeck/base:1\nVOLUME /scratch\nCMD ["/bin/sh", "-c", "trap exit TERM; while :; do sleep 0.1; done"]\n',
  });
  const made = ['--label', 'com.docker.compose.project=shop', '--label', 'com.docker.compose.service=db'];
  await engine.docker(['run', '--detach', '--name', 'e2e-db', ...made, '--volume', 'e2e-kept:/kept', 'e2e-held:1']);
  await engine.docker(['create', '--name', 'e2e-mine', '--label', 'app.layerdeck.cache=x', 'e2e-held:1']);
  await search(window, 'e2e-held');
  await expect(rowOf(window, 'e2e-held:1')).toContainText('In use');
  await rowOf(window, 'e2e-held:1').focus();
  await window.keyboard.press('Delete');
  const dialog = dialogOf(window);
  const row = dialog.getByRole('listitem', { name: 'Container e2e-db' });
  await expect(row).toContainText('Service db of the project shop');
  await expect(row).toContainText('running, started');
  await expect(row).toContainText(/1\svolume without a name and its log are lost\. Its volume e2e-kept stays\./);
  // Layerdeck's own go elsewhere
  const mine = dialog.getByRole('listitem', { name: 'Container e2e-mine' });
  await expect(mine).toContainText('Remove it on the Registry page.');
  await expect(mine.getByRole('button')).toHaveCount(0);
  await expectNoViolations(window);

  // the safe answer has the focus
  await row.getByRole('button', { name: 'Remove the container…' }).click();
  await expect(row.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await expectNoViolations(window);
  await window.keyboard.press('Enter');
  await expect(row.getByRole('button', { name: 'Remove the container…' })).toBeVisible();
  expect(await engine.docker(['ps', '--quiet', '--filter', 'name=e2e-db'])).not.toBe('');

  await row.getByRole('button', { name: 'Remove the container…' }).click();
  await row.getByRole('button', { name: 'End and remove it' }).click();
  await expect(row).toHaveCount(0);
  await expect(dialog.getByRole('note')).toContainText('e2e-held:1 stays: in use by e2e-mine.');
  expect(await engine.docker(['ps', '--all', '--quiet', '--filter', 'name=e2e-db'])).toBe('');
  expect(await engine.docker(['volume', 'ls', '--quiet', '--filter', 'name=e2e-kept'])).toContain('e2e-kept');
  // another program takes away the last one: the dialog looks again by itself
  await engine.docker(['rm', '--volumes', 'e2e-mine']);
  await dialog.getByRole('button', { name: /^Remove 1\simage/ }).click();
  await expect.poll(() => imageId(engine, 'e2e-held')).toBe('');
  await engine.docker(['volume', 'rm', 'e2e-kept']);
});
