import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import Docker from 'dockerode';
import pLimit from 'p-limit';
import { launchApp } from '../drive/launch-app.ts';
import type { Engine } from '../engine/engine.ts';
import { dockerArchive, makeLayer } from '../record/made-archive.ts';
import { readLongTasks, watchLongTasks } from './long-tasks.ts';
import { readDelay, watchDelay } from './loop-delay.ts';
import { megabytes, peakMemory, residentBytes, seconds } from './process-figures.ts';
import { startTalkativeTags, type TagFlood } from './talkative-tags.ts';
import { watchThread } from './thread-time.ts';

const images = 50;
const tags = 5000;
const flood: Pick<TagFlood, 'eventsPerSecond' | 'seconds'> = { eventsPerSecond: 1000, seconds: 10 };

/**
 * 5,000 tags, of which a thousand move a second, watched in the window's list of images and on the page of their timeline: the longest tasks
 * of window and main, and how soon all moves are written down.
 */
export async function measureTags(engine: Engine, folder: string): Promise<string[]> {
  const { names, ids } = await makeTags(engine);
  const socket = join(folder, 'tags.sock');
  const door = await startTalkativeTags(socket, engine.socket);
  const app = await launchApp({ host: `unix://${socket}`, home: join(folder, 'tags') });
  try {
    const page = await app.firstWindow();
    await page.getByText(/on disk/).waitFor({ timeout: 120_000 });
    const main = app.process().pid ?? 0;
    const lines = [await atRest(app)];
    for (const where of ['images', 'tags/bench%2Ftags'] as const) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `#/${where}`);
      await page
        .locator(where === 'images' ? 'tbody tr' : '[data-moment]')
        .first()
        .waitFor();
      await watchLongTasks(page);
      await app.evaluate(watchDelay);
      const threadWorked = await watchThread(page);
      const before = residentBytes(main);
      const peak = await peakMemory(main, () => door.flood({ names, images: ids, ...flood }));
      const worked = await threadWorked();
      const { longest, count } = await readLongTasks(page);
      const delay = await app.evaluate(readDelay);
      lines.push(
        `${where === 'images' ? 'the list of images' : 'the timeline'}, ${tags} tags, ${flood.eventsPerSecond} events a second for ${flood.seconds} s: ` +
          `longest task of the window ${longest.toFixed(0)} ms, ${count} over 50 ms; its thread worked ${worked.toFixed(0)} ms in all`,
        `main's event loop late by ${delay.middle.toFixed(0)} ms in the median, ${delay.high.toFixed(0)} ms at the 99th percentile, ${delay.longest.toFixed(0)} ms at most; it worked ${delay.stretch.toFixed(0)} ms at a stretch at most; memory ${megabytes(before)} before, ${megabytes(peak)} at most`,
      );
    }
    const begin = performance.now();
    await page
      .getByText(/\d\smoves|moved once/)
      .first()
      .waitFor({ timeout: 60_000 });
    return [...lines, `the last moves are shown ${seconds(performance.now() - begin)} after the last event`];
  } finally {
    await app.close();
    door.stop();
  }
}

/** How late main is on this computer while nothing is told, to compare with. */
async function atRest(app: ElectronApplication): Promise<string> {
  await app.evaluate(watchDelay);
  await new Promise((resolve) => setTimeout(resolve, flood.seconds * 1000));
  const { middle, high, longest, stretch } = await app.evaluate(readDelay);
  return `at rest, main's event loop is late by ${middle.toFixed(0)} ms in the median, ${high.toFixed(0)} ms at the 99th percentile, ${longest.toFixed(0)} ms at most, and works ${stretch.toFixed(0)} ms at a stretch at most`;
}

async function makeTags({ docker, socket }: Engine): Promise<{ names: string[]; ids: string[] }> {
  for (let at = 0; at < images; at++)
    await docker(['load', '--quiet'], { input: await dockerArchive([`bench/tags-made:${at}`], [await makeLayer(5000)]) });
  const api = new Docker({ socketPath: socket });
  const limit = pLimit(8);
  const names = Array.from({ length: tags }, (_, at) => `bench/tags:t${at}`);
  await Promise.all(
    names.map((_, at) => limit(() => api.getImage(`bench/tags-made:${at % images}`).tag({ repo: 'bench/tags', tag: `t${at}` }))),
  );
  const listed = await api.listImages();
  return { names, ids: listed.filter(({ RepoTags }) => RepoTags?.some((name) => name.startsWith('bench/tags-made'))).map(({ Id }) => Id) };
}
