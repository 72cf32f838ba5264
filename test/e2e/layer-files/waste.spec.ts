import type { Page } from '@playwright/test';
import { expect, test } from '../../support/window/app.ts';
import { buildHeading, chooseFolder, startBuild } from '../../support/window/build-in-window.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { fileAside, fileLine, fileTree, layerButtons, openFiles } from '../../support/window/files-in-window.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const dockerfile = `FROM layerdeck/base:1
RUN mkdir -p /root/.cache && head -c 3000000 /dev/urandom > /root/.cache/big && head -c 1000000 /dev/urandom > /own
RUN rm -r /root/.cache
`;

const list = (window: Page) => window.getByRole('list', { name: 'What is wasted' });

test('what is wasted is told to the byte, with the step to blame, and what the layers would be without it', async ({ engine, window }) => {
  await engine.docker(['build', '--quiet', '--tag', 'e2e-waste:1', '-'], { input: dockerfile });
  await openFiles(window, 'e2e-waste:1');
  await expect(window.getByText(/^Waste: 3\.0\sMB$/)).toBeVisible();
  await window.getByRole('button', { name: 'Show the list' }).click();
  await expect(window.getByRole('heading', { name: /^3\.0\sMB of this image do nothing$/ })).toBeVisible();
  const item = list(window).getByRole('listitem').filter({ hasText: '/root/.cache' });
  await expect(item).toContainText('Removed by layer 4, but the bytes still travel along');
  await expect(item).toContainText('Layer 3');
  await expect(item).toContainText('head -c 3000000');
  await item.getByRole('checkbox').check();
  await expect(window.getByText(/^3\.0\sMB less, without 1\sthing$/)).toBeVisible();
  // what a build that cleans up in the same step really has
  await engine.docker(['build', '--quiet', '--tag', 'e2e-waste:2', '-'], {
    input: dockerfile.replace('> /own', '> /own && rm -r /root/.cache').replace('RUN rm -r /root/.cache\n', ''),
  });
  const sizeOf = async (name: string) => Number(await engine.docker(['image', 'inspect', '--format', '{{.Size}}', name]));
  // an engine that keeps layers packed, too, counts them twice
  expect((await sizeOf('e2e-waste:1')) - (await sizeOf('e2e-waste:2'))).toBeGreaterThanOrEqual(3_000_000);
  await expectNoViolations(window);

  await item.getByRole('button', { name: /^\/root/ }).click();
  await expect(list(window)).toHaveCount(0);
  await expect(layerButtons(window).nth(2)).toHaveAttribute('aria-pressed', 'true');
  await expect(fileTree(window).getByRole('row', { selected: true })).toContainText('big');
  await expect(fileAside(window)).toContainText('/root/.cache/big');
  await window.getByRole('button', { name: 'Show the list' }).click();
  await item.getByRole('button', { name: /^Layer 3/ }).click();
  await expect(fileLine(window, 'own')).toBeVisible();
});

test('from the waste of an image that was built here, a press leads to its build', async ({ app, window }) => {
  using folder = new WorkFolder({ Dockerfile: dockerfile.replace('/own', '/own-built') });
  await chooseFolder(app, window, folder.path);
  await startBuild(window, 'e2e-waste-built:1');
  await expect(buildHeading(window, 'e2e-waste-built:1 is built')).toBeVisible({ timeout: 30_000 });
  await openFiles(window, 'e2e-waste-built:1');
  await window.getByRole('button', { name: 'Show the list' }).click();
  await window.getByRole('button', { name: 'See its build' }).click();
  await expect(buildHeading(window, 'e2e-waste-built:1 is built')).toBeVisible();
});
