import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { extract } from 'tar-stream';
import { answerSaveDialog } from '../../../tools/drive/answer-dialogs.ts';
import type { Engine } from '../../../tools/engine/engine.ts';
import { startEngine } from '../../../tools/engine/start-engine.ts';
import { test as base, expect } from '../../support/window/app.ts';
import { dialogOf, rowOf, showPage } from '../../support/window/find-in-window.ts';
import { archiveOf } from '../../support/window/made-images.ts';

const tags = Array.from({ length: 41 }, (_, index) => `${index + 2}`);
const images = Array.from({ length: 123 }, (_, index) => ({
  reference: `me/e2e-names-${index + 1}:1`,
  also: tags.map((tag) => `me/e2e-names-${index + 1}:${tag}`),
  bytes: 1000,
  createdAt: new Date(Date.UTC(2020, 0, 1, 0, index)),
}));
const names = images.flatMap(({ reference, also }) => [reference, ...also]);

// an engine of its own, which is thrown away: removing five thousand names takes minutes
const test = base.extend<object, { crowded: Engine }>({
  crowded: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures it needs from here
    async ({}, use) => {
      const engine = await startEngine();
      await engine.docker(['load'], { input: await archiveOf(images) });
      await use(engine);
      await engine.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

/** Selects every image and opens a dialog for them. Only those of the thousands of names that are in sight are in the page. */
async function openForAll(window: Page, button: string): Promise<void> {
  await showPage(window, 'Images');
  await expect(rowOf(window, images[122]?.reference ?? '')).toBeVisible();
  await window.getByRole('checkbox', { name: 'Select all' }).check();
  await window.getByRole('button', { name: button }).click();
  await expect(dialogOf(window).getByRole('checkbox').first()).toBeVisible();
  expect(await dialogOf(window).getByRole('checkbox').count()).toBeLessThan(60);
}

async function namesIn(file: string): Promise<{ images: number; names: string[] }> {
  const tar = extract();
  tar.end(await readFile(file));
  for await (const entry of tar) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    if (entry.header.name !== 'manifest.json') continue;
    const manifest = JSON.parse(Buffer.concat(chunks).toString()) as { RepoTags: string[] }[];
    return { images: manifest.length, names: manifest.flatMap(({ RepoTags }) => RepoTags) };
  }
  throw new Error('no manifest.json');
}

test('with 123 images and 5,166 names, every name is saved', async ({ crowded, launch, folder }) => {
  const app = await launch({ host: crowded.host });
  const window = await app.firstWindow();
  const file = join(folder, 'all.tar');
  await answerSaveDialog(app, file);
  await openForAll(window, 'Save…');
  await expect(dialogOf(window)).toContainText(/123\simages, at most/);
  await expect(dialogOf(window).getByRole('note')).toHaveCount(0);
  await dialogOf(window).getByRole('button', { name: 'Choose a place…' }).click();
  await expect(window.getByRole('main').getByRole('status').filter({ hasText: 'Saved' })).toBeVisible({ timeout: 30_000 });
  const saved = await namesIn(file);
  expect(saved.images).toBe(123);
  expect(saved.names.toSorted()).toEqual(names.toSorted());
});

test('the dialog of a push of 5,166 names selects one name of every image, and all the others can be scrolled to', async ({
  crowded,
  launch,
}) => {
  const window = await (await launch({ host: crowded.host })).firstWindow();
  await openForAll(window, 'Push…');
  await expect(dialogOf(window).getByRole('button', { name: /^Push 123\simages$/ })).toBeVisible();
  await dialogOf(window)
    .getByRole('list', { name: 'Names' })
    .evaluate((list) => list.parentElement?.scrollTo(0, list.clientHeight));
  await expect(dialogOf(window).getByRole('checkbox', { name: 'me/e2e-names-1:9', exact: true })).toBeVisible();
});
