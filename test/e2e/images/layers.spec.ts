import type { Page } from '@playwright/test';
import type { Engine } from '../../../tools/engine/engine.ts';
import { expect, test } from '../../support/window/app.ts';
import { openImage } from '../../support/window/find-in-window.ts';

const dockerfile = (reference: string) => `FROM layerdeck/base:1
LABEL of=${reference}
RUN dd if=/dev/urandom of=/first bs=1000 count=3000
ENV COLOUR=green
RUN dd if=/dev/urandom of=/second bs=1000 count=1000
CMD ["sleep", "9"]
`;

const build = (engine: Engine, reference: string) =>
  engine.docker(['build', '--quiet', '--tag', reference, '-'], { input: dockerfile(reference) });

const layers = (window: Page) => window.getByRole('list', { name: 'Layers, newest first' }).getByRole('button');

test('the layers are named by their instructions, with their sizes, newest first', async ({ engine, window }) => {
  await build(engine, 'e2e-layers:1');
  await openImage(window, 'e2e-layers:1');
  await expect(layers(window).nth(0)).toContainText('of=/second');
  await expect(layers(window).nth(0)).toContainText(/1\.0\sMB/);
  await expect(layers(window).nth(1)).toContainText('of=/first');
  await expect(layers(window).nth(1)).toContainText(/3\.0\sMB/);
  // The base's own layers are shared with the base.
  await expect(layers(window).last()).toContainText('shared with');
  await layers(window).nth(1).click();
  await expect(window.getByRole('complementary', { name: 'Selected layer' })).toContainText('with no other image');
});

test('steps that add no files are shown when asked for', async ({ engine, window }) => {
  await build(engine, 'e2e-layers:1');
  await openImage(window, 'e2e-layers:1');
  await expect(layers(window).filter({ hasText: 'no files' })).toHaveCount(0);
  const filled = await layers(window).count();
  await window.getByRole('checkbox', { name: /^Show .* no files$/ }).check();
  const history = (await engine.docker(['history', '--quiet', 'e2e-layers:1'])).trim().split('\n');
  await expect(layers(window)).toHaveCount(history.length);
  await expect(layers(window).filter({ hasText: 'no files' })).toHaveCount(history.length - filled);
  await expect(layers(window).filter({ hasText: 'COLOUR' })).toHaveCount(1);
});

test('a step that the engine calls <missing> is explained', async ({ engine, window, folder }) => {
  await build(engine, 'e2e-missing:1');
  const aside = window.getByRole('complementary', { name: 'Selected layer' });
  await openImage(window, 'e2e-missing:1');
  await layers(window).nth(1).click();
  await expect(aside).toContainText('of=/first');
  await expect(aside).not.toContainText('another computer');

  await engine.docker(['save', '--output', `${folder}/x.tar`, 'e2e-missing:1']);
  await engine.docker(['rmi', 'e2e-missing:1']);
  await engine.docker(['image', 'prune', '--force']);
  await engine.docker(['load', '--input', `${folder}/x.tar`]);
  expect(await engine.docker(['history', '--format', '{{.ID}}', 'e2e-missing:1'])).toContain('<missing>');
  await openImage(window, 'e2e-missing:1');
  await layers(window).nth(1).click();
  await expect(aside).toContainText('of=/first');
  await expect(aside).toContainText('Made on another computer or by BuildKit');
});

test('the configuration appears in words', async ({ engine, window }) => {
  await build(engine, 'e2e-layers:1');
  await openImage(window, 'e2e-layers:1', 'Config');
  const panel = window.getByRole('tabpanel');
  for (const text of ['sleep 9', 'COLOUR=green', 'linux/']) await expect(panel).toContainText(text);
});

test('steps that left nothing take no layer from others; once their images are gone, the unknown is called unknown', async ({
  engine,
  window,
  folder,
}) => {
  const lines = `FROM layerdeck/base:1\nLABEL of=no-op\nRUN head -c 3000000 /dev/urandom > /big\nRUN mkdir /empty\nRUN true\n`;
  await engine.docker(['build', '--quiet', '--tag', 'e2e-no-op:1', '-'], { input: lines });
  const stacked = window.getByRole('tabpanel');
  await openImage(window, 'e2e-no-op:1');
  await expect(stacked).toContainText(/4\slayers · 5\.0\sMB/);
  await expect(layers(window)).toHaveCount(4);
  await expect(layers(window).last()).toContainText('shared with');
  await layers(window).nth(1).click();
  await expect(window.getByRole('complementary', { name: 'Selected layer' })).toContainText('Layer 3 of 4');

  await engine.docker(['save', '--output', `${folder}/no-op.tar`, 'e2e-no-op:1']);
  await engine.docker(['rmi', 'e2e-no-op:1']);
  await engine.docker(['image', 'prune', '--force']);
  await engine.docker(['load', '--input', `${folder}/no-op.tar`]);
  await openImage(window, 'e2e-no-op:1');
  await expect(stacked).toContainText(/4\slayers · 5\.0\sMB/);
  await expect(stacked).toContainText('The engine doesn’t say whether 2 steps without bytes have a layer');
  await expect(layers(window).filter({ hasText: 'unknown' })).toHaveCount(2);
  await expect(layers(window).nth(2)).toContainText(/3\.0\sMB/);
});
