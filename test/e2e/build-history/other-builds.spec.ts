import { HeldStep } from '../../support/held-step.ts';
import { expect, test } from '../../support/window/app.ts';
import { buildHeading, chooseFolder, selectBuilds, showLog, startBuild, stepOf } from '../../support/window/build-in-window.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { showPage } from '../../support/window/find-in-window.ts';
import { tellsNamesOfBuilds } from '../../support/window/own-engine.ts';
import { WorkFolder } from '../../support/work-folder.ts';

test('a build of docker’s command is in the list, is looked into, and is compared with one of Layerdeck', async ({
  engine,
  app,
  window,
}) => {
  test.skip(!(await tellsNamesOfBuilds(engine)), 'this engine remembers no builds, or not their names');
  using folder = new WorkFolder({ Dockerfile: 'FROM layerdeck/base:1\nARG WHO=them\nRUN echo by $WHO\nCOPY a.txt /\n', 'a.txt': 'a' });
  await engine.docker(['build', '-t', 'e2e-theirs:1', folder.path], { env: { DOCKER_BUILDKIT: '1' } });
  await showPage(window, 'Builds');
  const item = window.getByRole('list', { name: 'Builds' }).getByRole('listitem', { name: 'Build e2e-theirs:1' });
  await expect(item).toContainText('by another tool');
  await expectNoViolations(window);
  await item.getByRole('link').click();
  await expect(buildHeading(window, 'e2e-theirs:1 is built')).toBeVisible();
  await expect(stepOf(window, 'echo by')).toContainText('built');
  await expect(window.getByRole('region', { name: 'Dockerfile' })).toContainText('RUN echo by $WHO');
  await expect(window.getByRole('main')).toContainText('by another tool');
  await expect(window.getByRole('button', { name: 'Build again' })).toHaveCount(0);
  await expectNoViolations(window);
  await expect(await showLog(window)).toContainText('by them');

  await showPage(window, 'Images');
  await chooseFolder(app, window, folder.path);
  await startBuild(window, 'e2e-ours:1');
  await expect(buildHeading(window, 'e2e-ours:1 is built')).toBeVisible();
  await showPage(window, 'Builds');
  await selectBuilds(window, 'e2e-theirs:1', 1);
  await selectBuilds(window, 'e2e-ours:1', 1);
  await window.getByRole('toolbar', { name: 'Selected builds' }).getByRole('button', { name: 'Compare' }).click();
  await expect(window.getByRole('heading', { name: /2\sbuilds compared/ })).toBeVisible();
  await expectNoViolations(window);
});

test('a build of docker’s command is there while it runs, with its steps and its output, and can’t be stopped from here', async ({
  engine,
  window,
}) => {
  test.skip(!(await tellsNamesOfBuilds(engine)), 'this engine remembers no builds, or not their names');
  using step = new HeldStep();
  using folder = new WorkFolder({ Dockerfile: `FROM layerdeck/base:1\n${step.line}` });
  const building = engine.docker(['build', '-t', 'e2e-runs:1', folder.path], { env: { DOCKER_BUILDKIT: '1' } });
  await showPage(window, 'Builds');
  const item = window.getByRole('list', { name: 'Builds' }).getByRole('listitem', { name: 'Build e2e-runs:1' });
  await expect(item).toContainText('by another tool');
  await expect(item).toHaveAttribute('data-state', 'running');
  await item.getByRole('link').click();
  await expect(buildHeading(window, 'Building e2e-runs:1')).toBeVisible();
  await expect(stepOf(window, 'mkfifo')).toContainText('running');
  await expect(window.getByRole('main')).toContainText('Stop it where it was started');
  await expect(window.getByRole('button', { name: 'Stop', exact: true })).toHaveCount(0);
  await expect(window.getByText('The engine hands over the Dockerfile once the build has ended.')).toBeVisible();
  await expectNoViolations(window);
  await expect(await showLog(window)).toContainText('begun');
  await expect.poll(() => step.isThere).toBe(true);
  await step.release();
  await building;
  await expect(buildHeading(window, 'e2e-runs:1 is built')).toBeVisible();
  await expect(stepOf(window, 'mkfifo')).toContainText('built');
  await expect(window.getByRole('region', { name: 'Log lines' })).toContainText('over');
  await window.getByRole('tab', { name: 'Dockerfile' }).click();
  await expect(window.getByRole('region', { name: 'Dockerfile' })).toContainText('mkfifo');
  await expectNoViolations(window);
});
