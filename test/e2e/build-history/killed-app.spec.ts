import { makeRandomImage } from '../../support/random-image.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { expect, test } from '../../support/window/app.ts';
import { buildAgain, buildHeading, chooseFolder, startBuild, stepOf } from '../../support/window/build-in-window.ts';
import { dialogOf, showPage } from '../../support/window/find-in-window.ts';
import { headline, pull, push, untilPercent } from '../../support/window/transfer-in-window.ts';
import { WorkFolder } from '../../support/work-folder.ts';

test('builds that ran when the app was killed are in the history, with what is known about them', async ({ launch, folder }) => {
  using project = new WorkFolder({ Dockerfile: 'FROM layerdeck/base:1\nRUN sleep 1000\n' });
  const app = await launch({ home: folder });
  const window = await app.firstWindow();
  for (const number of [1, 2, 3]) {
    await chooseFolder(app, window, project.path);
    await startBuild(window, `e2e-killed-build:${number}`);
    await expect(stepOf(window, 'sleep 1000')).toContainText('running');
  }
  const closed = app.waitForEvent('close');
  app.process().kill('SIGKILL');
  await closed;

  const next = await (await launch({ home: folder })).firstWindow();
  await showPage(next, 'Builds');
  for (const number of [1, 2, 3]) {
    await expect(next.getByRole('listitem', { name: `Build e2e-killed-build:${number}` })).toContainText('Layerdeck was closed');
  }
  await next.getByRole('listitem', { name: 'Build e2e-killed-build:2' }).getByRole('link').click();
  await expect(buildHeading(next, 'It isn’t known how the build of e2e-killed-build:2 ended')).toBeVisible();
  await expect(next.getByRole('main').getByRole('alert')).toContainText('How far it got isn’t known');
  await expect(next.getByRole('main')).not.toContainText(/so far|with an error|before its first step/);
  project.write('Dockerfile', 'FROM layerdeck/base:1\nRUN echo quick\n');
  await buildAgain(next);
  await expect(buildHeading(next, 'e2e-killed-build:2 is built')).toBeVisible();
  // it is said once, and not about finished builds
  await showPage(next, 'Builds');
  await expect(next.getByRole('listitem').filter({ hasText: 'Layerdeck was closed' })).toHaveCount(3);
  // an engine that remembers builds tells of them, too: they are the same
  for (const number of [1, 3]) await expect(next.getByRole('listitem', { name: `Build e2e-killed-build:${number}` })).toHaveCount(1);
});

test('published images are there after a restart, and a pull that was cut off is shown as such', async ({ engine, launch, folder }) => {
  await using registry = await runRegistry();
  using door = await registry.slowDoor(300_000);
  const reference = `${registry.address}/e2e-transfers:1`;
  await makeRandomImage(engine.host, reference, 3_000_000);
  const app = await launch({ home: folder });
  const window = await app.firstWindow();
  await push(window, reference);
  await expect(headline(window, 'can now get')).toBeVisible();
  const digest = await registry.digestOf('e2e-transfers', '1');
  await engine.docker(['rmi', reference]);
  await pull(window, `${door.address}/e2e-transfers:1`);
  await untilPercent(window, 5);
  const closed = app.waitForEvent('close');
  app.process().kill('SIGKILL');
  await closed;

  const next = await (await launch({ home: folder })).firstWindow();
  await next.getByRole('button', { name: /^Activity/ }).click();
  const activity = dialogOf(next);
  const cut = activity
    .getByRole('region', { name: 'Needs attention' })
    .getByRole('listitem', { name: `Get ${door.address}/e2e-transfers:1` });
  await expect(cut).toContainText('Layerdeck was closed');
  await activity.getByRole('region', { name: 'Finished' }).getByRole('button', { name: 'Push e2e-transfers:1', exact: true }).click();
  await expect(next.getByRole('region', { name: 'Result' })).toContainText(String(digest));
  await expect(next.getByRole('region', { name: 'Result' })).toContainText(/1\slayer sent, 3\.0\sMB\./);

  // it can be done again
  await next.getByRole('button', { name: /^Activity/ }).click();
  await cut.getByRole('button', { name: 'Try again' }).click();
  await expect(headline(next, 'The image is here now')).toBeVisible({ timeout: 30_000 });
});
