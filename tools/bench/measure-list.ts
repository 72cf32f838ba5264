import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { launchApp } from '../drive/launch-app.ts';
import type { Engine } from '../engine/engine.ts';
import { dockerArchive, makeLayer } from '../record/made-archive.ts';
import { median, seconds } from './process-figures.ts';

const images = 300;
/** Of each image; the first two are those of every other image, too. */
const layers = 5;
const tries = 9;

/** How soon a name that another program gives shows in the window of 300 images, beside what docker's command takes to list them. */
export async function measureList(engine: Engine, folder: string): Promise<string[]> {
  await loadImages(engine);
  const app = await launchApp({ host: engine.host, home: join(folder, 'list') });
  try {
    const window = await app.firstWindow();
    // what is shared is known once every image was asked about
    const begin = performance.now();
    await window.getByText(/on disk/).waitFor({ timeout: 120_000 });
    const known = performance.now() - begin;
    await window.getByRole('searchbox', { name: 'Search images' }).fill('bench/list-new');
    const [shown, listed] = [[] as number[], [] as number[]];
    for (let at = 0; at < tries; at++) {
      shown.push(await timeTag(engine, window, at));
      const asked = performance.now();
      await engine.docker(['images', '--quiet']);
      listed.push(performance.now() - asked);
    }
    return [
      `${images} images: a new name shows after ${seconds(median(shown))} in the median, ${seconds(Math.max(...shown))} at most; docker images takes ${seconds(median(listed))}`,
      `layers and sizes of all of them known ${seconds(known)} after the window opened`,
    ];
  } finally {
    await app.close();
  }
}

async function timeTag(engine: Engine, window: Page, at: number): Promise<number> {
  await engine.docker(['tag', `bench/list:${at}`, `bench/list-new:${at}`]);
  const begin = performance.now();
  await window.locator('tbody tr').nth(at).waitFor();
  return performance.now() - begin;
}

async function loadImages(engine: Engine): Promise<void> {
  const shared = await Promise.all([makeLayer(10_000), makeLayer(10_000)]);
  for (let at = 0; at < images; at++) {
    const own = await Promise.all(Array.from({ length: layers - shared.length }, () => makeLayer(5000)));
    await engine.docker(['load', '--quiet'], { input: await dockerArchive([`bench/list:${at}`], [...shared, ...own]) });
  }
}
