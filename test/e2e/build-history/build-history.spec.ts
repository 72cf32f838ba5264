import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerSaveDialog } from '../../../tools/drive/answer-dialogs.ts';
import { launchApp } from '../../../tools/drive/launch-app.ts';
import { expect, test } from '../../support/window/app.ts';
import { buildAgain, buildHeading, chooseFolder, selectBuilds, showLog, startBuild, stepOf } from '../../support/window/build-in-window.ts';
import { dialogOf, showPage } from '../../support/window/find-in-window.ts';
import { closeApp } from '../../support/window/kept-app.ts';
import { WorkFolder } from '../../support/work-folder.ts';

test('a build, its log and its steps are there after a restart, and can be built again, compared and forgotten', async ({ engine }) => {
  const home = await mkdtemp(join(tmpdir(), 'layerdeck-e2e-home-'));
  const mark = `mark-${Math.random()}`;
  using folder = new WorkFolder({ Dockerfile: `FROM layerdeck/base:1\nRUN echo ${mark} | tee /mark\nCOPY a.txt /\n`, 'a.txt': 'a' });
  const first = await launchApp({ host: engine.host, home });
  const window = await first.firstWindow();
  await chooseFolder(first, window, folder.path);
  await startBuild(window, 'e2e-kept:1');
  await expect(buildHeading(window, 'e2e-kept:1 is built')).toBeVisible();
  await closeApp(first);

  const second = await launchApp({ host: engine.host, home });
  const later = await second.firstWindow();
  await showPage(later, 'Builds');
  const item = later.getByRole('list', { name: 'Builds' }).getByRole('listitem').filter({ hasText: 'e2e-kept:1' });
  await item.getByRole('link').click();
  await expect(buildHeading(later, 'e2e-kept:1 is built')).toBeVisible();
  await expect(stepOf(later, mark)).toContainText('built');
  await expect(later.getByRole('region', { name: 'Dockerfile' })).toContainText(mark);
  await expect(await showLog(later)).toContainText(mark);

  const target = join(folder.path, 'saved.log');
  await answerSaveDialog(second, target);
  await later.getByRole('button', { name: 'Save…' }).click();
  await expect.poll(() => readFile(target, 'utf8').catch(() => '')).toContain(mark);

  folder.write('a.txt', 'b');
  await buildAgain(later);
  await expect(buildHeading(later, 'e2e-kept:1 is built')).toBeVisible();
  await expect(stepOf(later, 'COPY a.txt')).toContainText('built');
  await stepOf(later, 'COPY a.txt')
    .getByRole('button', { name: /^Why was step/ })
    .click();
  await expect(later.getByRole('region', { name: /^Why was step/ })).toContainText('a.txt');

  await showPage(later, 'Builds');
  await selectBuilds(later, 'e2e-kept:1', 2);
  await later.getByRole('toolbar', { name: 'Selected builds' }).getByRole('button', { name: 'Compare' }).click();
  await expect(later.getByRole('heading', { name: /2\sbuilds compared/ })).toBeVisible();
  await expect(later.getByRole('region', { name: 'Cache matrix' }).getByRole('row')).toHaveCount(3);

  await later.getByRole('button', { name: 'Back' }).click();
  await selectBuilds(later, 'e2e-kept:1', 2);
  await later.getByRole('toolbar', { name: 'Selected builds' }).getByRole('button', { name: 'Forget…' }).click();
  await dialogOf(later)
    .getByRole('button', { name: /^Forget 2\sbuilds$/ })
    .click();
  await expect(later.getByText('No builds yet')).toBeVisible();
  await closeApp(second);
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
});
