import type { Page } from '@playwright/test';
import { makeRandomImage } from '../../support/random-image.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { expect, test } from '../../support/window/app.ts';
import { buildHeading, chooseFolder, showLog, startBuild, stepOf } from '../../support/window/build-in-window.ts';
import { dialogOf, showPage } from '../../support/window/find-in-window.ts';
import { containerCommands, imageId } from '../../support/window/read-engine.ts';
import { headline, pull, push, untilPercent } from '../../support/window/transfer-in-window.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const openActivity = (window: Page) => window.getByRole('button', { name: /^Activity/ }).click();

/** A task in the panel. */
const item = (window: Page, title: string) => dialogOf(window).getByRole('listitem', { name: title, exact: true });

test('several tasks run at once, each with its progress, and are stopped from the panel', async ({ engine, app, window }) => {
  await using registry = await runRegistry();
  using door = await registry.slowDoor(300_000);
  const reference = `${door.address}/e2e-at-once:1`;
  const mark = `sleep ${1_000_000 + Math.floor(Math.random() * 1_000_000)}`;
  using folder = new WorkFolder({ Dockerfile: `FROM layerdeck/base:1\nRUN ${mark}\n` });
  await makeRandomImage(engine.host, reference, 6_000_000);
  await push(window, reference);
  await untilPercent(window, 2);
  await chooseFolder(app, window, folder.path);
  await startBuild(window, 'e2e-at-once-build:1');
  await expect(stepOf(window, mark)).toContainText('running');
  await expect(window.getByRole('button', { name: /^Activity: 2 running/ })).toBeVisible();

  await openActivity(window);
  const running = dialogOf(window).getByRole('region', { name: 'Running' });
  await expect(running.getByRole('listitem')).toHaveCount(2);
  await expect(item(window, 'Push e2e-at-once:1').getByRole('progressbar')).toBeVisible();
  await expect(item(window, 'Push e2e-at-once:1')).toContainText(/ of 6\.0\d?\sMB/);
  await expect(item(window, 'Build e2e-at-once-build:1')).toContainText(/Step 2 of 2/);

  for (const title of ['Push e2e-at-once:1', 'Build e2e-at-once-build:1']) {
    await dialogOf(window)
      .getByRole('button', { name: `Stop ${title}` })
      .click();
    await expect(item(window, title)).toContainText('Stopped');
  }
  await expect(running).toHaveCount(0);
  await expect.poll(() => containerCommands(engine)).not.toContainEqual(expect.stringContaining(mark));
  expect(await registry.tagsOf('e2e-at-once')).toEqual([]);

  await dialogOf(window).getByRole('button', { name: 'Dismiss Push e2e-at-once:1' }).click();
  await expect(item(window, 'Push e2e-at-once:1')).toHaveCount(0);
  await expect(item(window, 'Build e2e-at-once-build:1')).toBeVisible();
});

test('a task and its log go on while the window reloads', async ({ engine, app, window }) => {
  using folder = new WorkFolder({
    Dockerfile: `FROM layerdeck/base:1\nRUN for i in $(seq 1 60); do echo line-$i; sleep 0.1; done; echo ${Math.random()}\n`,
  });
  await chooseFolder(app, window, folder.path);
  await startBuild(window, 'e2e-reload:1');
  await expect(await showLog(window)).toContainText('line-3');
  await window.reload();
  await expect(buildHeading(window, 'Building e2e-reload:1')).toBeVisible();
  const log = await showLog(window);
  // the log comes again from its beginning, without a gap or a repeated line
  await expect(log).toContainText('line-1');
  await expect(buildHeading(window, 'e2e-reload:1 is built')).toBeVisible();
  await expect(log).toContainText('line-60');
  await log.evaluate((box) => {
    box.scrollTop = 0;
  });
  await expect(log.getByText(/line-1$/)).toHaveCount(1);
  expect(await imageId(engine, 'e2e-reload:1')).not.toBe('');
});

test('the progress of a transfer goes on after the window reloads', async ({ engine, window }) => {
  await using registry = await runRegistry();
  using door = await registry.slowDoor(700_000);
  const direct = `${registry.address}/e2e-reload-pull:1`;
  await makeRandomImage(engine.host, direct, 5_000_000);
  await engine.docker(['push', '--quiet', direct]);
  await engine.docker(['rmi', direct]);
  const reference = `${door.address}/e2e-reload-pull:1`;
  await pull(window, reference);
  await untilPercent(window, 10);
  await window.reload();
  await expect(window.getByRole('heading', { level: 1 })).toContainText(`Get ${reference}`);
  const first = Number(await window.getByRole('main').getByRole('progressbar').getAttribute('aria-valuenow'));
  expect(first).toBeGreaterThanOrEqual(10);
  await untilPercent(window, first + 10);
  await expect(headline(window, 'The image is here now')).toBeVisible();
  expect(await imageId(engine, reference)).not.toBe('');
});

test('a failure stays until it is dismissed, and is tried again with one button', async ({ engine, window }) => {
  await using registry = await runRegistry();
  const reference = `${registry.address}/e2e-later:1`;
  const title = `Get ${reference}`;
  await pull(window, reference);
  await expect(window.getByRole('main').getByRole('alert')).toContainText('The registry has no image');
  await showPage(window, 'Images');
  await expect(window.getByRole('button', { name: /^Activity: .* failed/ })).toBeVisible();
  await openActivity(window);
  const failed = dialogOf(window).getByRole('region', { name: 'Needs attention' });
  await expect(failed.getByRole('listitem', { name: title })).toContainText('The registry has no image');
  await dialogOf(window).getByRole('button', { name: 'Clear finished' }).click();
  await expect(dialogOf(window).getByRole('region', { name: 'Finished' })).toHaveCount(0);
  await expect(failed.getByRole('listitem', { name: title })).toBeVisible();

  await makeRandomImage(engine.host, reference, 1000);
  await engine.docker(['push', '--quiet', reference]);
  await engine.docker(['rmi', reference]);
  await failed.getByRole('listitem', { name: title }).getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => imageId(engine, reference)).not.toBe('');

  await window.reload();
  await openActivity(window);
  await failed
    .getByRole('listitem', { name: title })
    .getByRole('button', { name: `Dismiss ${title}` })
    .click();
  await expect(failed.getByRole('listitem', { name: title })).toHaveCount(0);
  await expect(dialogOf(window).getByRole('region', { name: 'Finished' }).getByRole('listitem', { name: title })).toBeVisible();
});
