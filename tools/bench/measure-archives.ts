import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { answerOpenDialog, answerSaveDialog } from '../drive/answer-dialogs.ts';
import { launchApp } from '../drive/launch-app.ts';
import type { Engine } from '../engine/engine.ts';
import { median, megabytes, peakMemory, residentBytes, seconds, timed } from './process-figures.ts';

/** Megabytes. */
const size = Number(process.env.LAYERDECK_BENCH_IMAGE ?? 2000);
const image = `bench:${size}`;
const rounds = 3;

/** Save, preview and load of a 2 GB image through the window, alternating with the docker command. */
export async function measureArchives(engine: Engine, folder: string): Promise<string[]> {
  await engine.docker(['build', '--tag', image, '-'], {
    input: `FROM layerdeck/base:1\nRUN dd if=/dev/urandom of=/a bs=1M count=${size / 2}\nRUN dd if=/dev/urandom of=/b bs=1M count=${size / 2}\n`,
  });
  const app = await launchApp({ host: engine.host, home: join(folder, 'archives') });
  try {
    return await compare(engine, app, folder);
  } finally {
    await app.close();
  }
}

async function compare(engine: Engine, app: ElectronApplication, folder: string): Promise<string[]> {
  const page = await app.firstWindow();
  // without a graphics card, each frame of a spinner is painted by the cores that are measured
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const main = app.process().pid ?? 0;
  const own = join(folder, 'own.tar');
  const rival = join(folder, 'rival.tar');
  const times = { saveOwn: [], saveRival: [], preview: [], loadOwn: [], loadRival: [] } as Record<string, number[]>;
  const resting: number[] = [];
  const remove = () => engine.docker(['rmi', image]);
  const before = residentBytes(main);
  const peak = await peakMemory(main, async () => {
    for (let round = 0; round < rounds; round++) {
      times.saveOwn?.push(await saveInWindow(app, page, own));
      times.saveRival?.push(await timed(() => engine.docker(['save', '--output', rival, image])));
      await remove();
      const { preview, load } = await loadInWindow(app, page, own);
      times.preview?.push(preview);
      times.loadOwn?.push(load);
      await remove();
      times.loadRival?.push(await timed(() => engine.docker(['load', '--input', rival])));
      rmSync(own);
      rmSync(rival);
      resting.push(residentBytes(main));
    }
  });
  const line = (what: string, ours: number[] = [], theirs: number[] = []) =>
    `${what}: ${seconds(median(ours))}, docker ${seconds(median(theirs))}, ratio ${(median(ours) / median(theirs)).toFixed(2)}  [${ours.map(seconds).join(', ')} | ${theirs.map(seconds).join(', ')}]`;
  return [
    line(`save ${size} MB`, times.saveOwn, times.saveRival),
    line(`load ${size} MB`, times.loadOwn, times.loadRival),
    `preview of ${size} MB, from the choice to the button: ${times.preview?.map(seconds).join(', ')}`,
    `memory of main: ${megabytes(before)} before, ${megabytes(peak)} at most, ${resting.map(megabytes).join(', ')} after each round`,
  ];
}

// Measures what the docker command does too: from the person's last click to the end.
async function saveInWindow(app: ElectronApplication, page: Page, file: string): Promise<number> {
  await answerSaveDialog(app, file);
  await page.getByRole('link', { name: 'Images' }).click();
  await page.getByRole('row', { name: image }).getByRole('link').click();
  await page.getByRole('button', { name: 'Save…' }).click();
  return timed(async () => {
    await page.getByRole('button', { name: 'Choose a place…' }).click();
    await shows(page, /Show in folder/);
  });
}

async function loadInWindow(app: ElectronApplication, page: Page, file: string): Promise<{ preview: number; load: number }> {
  await answerOpenDialog(app, [file]);
  await page.getByRole('link', { name: 'Images' }).click();
  const button = page.getByRole('dialog').getByRole('button', { name: /^Load / });
  const preview = await timed(async () => {
    await page.getByRole('button', { name: 'Open a file…' }).click();
    await button.click({ trial: true });
  });
  const load = await timed(async () => {
    await button.click();
    await shows(page, /1.image loaded/);
  });
  return { preview, load };
}

/** Checks twenty times a second: Playwright's own waiting for a text checks only twice, which would distort the figures. */
const shows = (page: Page, text: RegExp): Promise<unknown> =>
  page.waitForFunction((source) => new RegExp(source).test(document.body.textContent ?? ''), text.source, {
    polling: 50,
    timeout: 240_000,
  });
