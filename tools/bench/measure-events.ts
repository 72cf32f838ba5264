import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { launchApp } from '../drive/launch-app.ts';
import type { Engine } from '../engine/engine.ts';
import { readLongTasks, watchLongTasks } from './long-tasks.ts';
import { readDelay, watchDelay } from './loop-delay.ts';
import { megabytes, peakMemory, residentBytes, seconds } from './process-figures.ts';
import { type Flood, startTalkativeEngine } from './talkative-engine.ts';

const flood: Flood = { layers: 200, linesPerSecond: 10_000, seconds: 12 };

/** A pull of 200 layers that prints 10,000 lines a second, watched in the window: its longest task, main's delay and memory. */
export async function measureEvents(engine: Engine, folder: string): Promise<string[]> {
  const socket = join(folder, 'talkative.sock');
  const talkative = await startTalkativeEngine(socket, engine.socket, flood);
  const app = await launchApp({ host: `unix://${socket}`, home: join(folder, 'events') });
  try {
    return await watch(app);
  } finally {
    await app.close();
    talkative.stop();
  }
}

async function watch(app: ElectronApplication): Promise<string[]> {
  const page = await app.firstWindow();
  await page.getByRole('button', { name: 'Get an image…' }).click();
  await page.getByRole('dialog').getByLabel('Name and tag').fill('bench/events:1');
  await watchLongTasks(page);
  await app.evaluate(watchDelay);
  const main = app.process().pid ?? 0;
  const before = residentBytes(main);
  const begin = performance.now();
  await page.getByRole('dialog').getByRole('button', { name: 'Get the image' }).click();
  const peak = await peakMemory(main, () => page.locator('.page[data-state=succeeded]').waitFor({ timeout: 120_000 }));
  const took = performance.now() - begin;
  const { longest, count } = await readLongTasks(page);
  const delay = await app.evaluate(readDelay);
  const lines = flood.linesPerSecond * flood.seconds;
  return [
    `${lines} lines of ${flood.layers} layers in ${seconds(took)}: longest task of the window ${longest.toFixed(0)} ms, ${count} over 50 ms`,
    `main's event loop late by ${delay.middle.toFixed(0)} ms in the median, ${delay.high.toFixed(0)} ms at the 99th percentile, ${delay.longest.toFixed(0)} ms at most`,
    `memory of main: ${megabytes(before)} before, ${megabytes(peak)} at most`,
  ];
}
