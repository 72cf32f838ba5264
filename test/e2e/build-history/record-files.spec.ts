import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerOpenDialog } from '../../../tools/drive/answer-dialogs.ts';
import { dropFiles } from '../../../tools/drive/drop-files.ts';
import { expect, test } from '../../support/window/app.ts';
import { cardOf, load } from '../../support/window/archive-in-window.ts';
import { buildHeading, selectBuilds, showLog, stepOf } from '../../support/window/build-in-window.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf, showPage } from '../../support/window/find-in-window.ts';

const record = (name: string) => join(import.meta.dirname, '../../fixtures/docker-28-containerd/records', `${name}.dockerbuild`);

test('a build record that is dropped says what is in it, and then stands among the builds with all that was recorded', async ({
  window,
}) => {
  await dropFiles(window, [record('succeeded')]);
  const card = cardOf(window, 'succeeded.dockerbuild');
  await expect(card).toContainText('A build record, packed with gzip');
  await expect(card.getByRole('listitem', { name: 'recorded-succeeded:1' })).toContainText('Built');
  await expectNoViolations(window);
  await load(window, /^Add 1\sbuild$/);
  await expect(buildHeading(window, 'recorded-succeeded:1 is built')).toBeVisible();
  await expect(window.getByRole('main')).toContainText('from a file');
  await expect(stepOf(window, 'echo "hello them"')).toContainText('built');
  await expect(window.getByRole('region', { name: 'Dockerfile' })).toContainText('COPY --from=tools /tools /tools');
  await expect(window.getByRole('button', { name: 'Build again' })).toHaveCount(0);
  // the image is on the computer where it was built
  await expect(window.getByRole('button', { name: 'Show the image' })).toHaveCount(0);
  await expectNoViolations(window);
  await expect(await showLog(window)).toContainText('good morning');
  await expect(window.getByRole('main')).not.toContainText('a-secret-that-is-none');
  await showPage(window, 'Builds');
  const row = window.getByRole('list', { name: 'Builds' }).getByRole('listitem', { name: 'Build recorded-succeeded:1' });
  await expect(row).toContainText('from a file');
});

test('a second time it is the same build, and the page of the first opens', async ({ app, window }) => {
  await answerOpenDialog(app, [record('succeeded')]);
  await showPage(window, 'Builds');
  await window.getByRole('button', { name: 'Open a build record…' }).click();
  await load(window, /^Add 1\sbuild$/);
  await expect(window.getByRole('status').filter({ hasText: 'This build is already in your list' })).toBeVisible();
  await expect(buildHeading(window, 'recorded-succeeded:1 is built')).toBeVisible();
  await expectNoViolations(window);
});

test('of several builds, the list is shown; one that failed says why, and the two are compared', async ({ window }) => {
  await dropFiles(window, [record('two')]);
  await expect(cardOf(window, 'two.dockerbuild').getByRole('listitem', { name: 'recorded-failed:1' })).toContainText('Failed');
  await load(window, /^Add 2\sbuilds$/);
  await expect(window.getByRole('heading', { name: 'Builds', level: 1 })).toBeVisible();
  const failed = window.getByRole('list', { name: 'Builds' }).getByRole('listitem', { name: 'Build recorded-failed:1' });
  await expect(failed).toContainText('from a file');
  await failed.getByRole('link').click();
  await expect(buildHeading(window, 'recorded-failed:1 was not built')).toBeVisible();
  await expect(window.getByRole('alert')).toContainText('bad luck');
  await expectNoViolations(window);
  await showPage(window, 'Builds');
  await selectBuilds(window, 'recorded-failed:1', 1);
  await selectBuilds(window, 'recorded-succeeded:1', 1);
  await window.getByRole('toolbar', { name: 'Selected builds' }).getByRole('button', { name: 'Compare' }).click();
  await expect(window.getByRole('heading', { name: /2\sbuilds compared/ })).toBeVisible();
  await expectNoViolations(window);
});

test('a damaged build record is refused in words, and adds nothing', async ({ window, folder }) => {
  const bytes = readFileSync(record('plain'));
  const at = bytes.indexOf('good morning');
  bytes.write('bad', at);
  writeFileSync(join(folder, 'odd.tar'), bytes);
  await dropFiles(window, [join(folder, 'odd.tar')]);
  await expect(cardOf(window, 'odd.tar').getByRole('note')).toContainText('part of a build record was changed: its digest is different');
  await expect(dialogOf(window).getByRole('button', { name: /^(?:Add|Load) / })).toHaveCount(0);
});
