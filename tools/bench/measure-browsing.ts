import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { launchApp } from '../drive/launch-app.ts';
import type { Engine } from '../engine/engine.ts';
import { startRegistry } from '../engine/start-registry.ts';
import { fillRegistry, manyTags } from './fill-registry.ts';
import { readLongTasks, watchLongTasks } from './long-tasks.ts';
import { readDelay, watchDelay } from './loop-delay.ts';
import { megabytes, residentBytes, seconds, timed } from './process-figures.ts';

const repositories = 1000;
const tags = 20_000;
const images = 50;

/** A registry with 1,000 repositories, and one of them with 20,000 tags: how soon they are shown, how smooth the window stays, and what main holds. */
export async function measureBrowsing(engine: Engine, folder: string): Promise<string[]> {
  const place = join(folder, 'browsed');
  fillRegistry(place, { repositories, tags, images });
  const registry = await startRegistry(place);
  const address = `localhost:${registry.port}`;
  const app = await launchApp({ host: engine.host, home: join(folder, 'browsing') });
  try {
    const window = await app.firstWindow();
    await window.getByText(/on disk/).waitFor({ timeout: 120_000 });
    const main = app.process().pid ?? 0;
    const itself = await timed(async () => {
      for (const path of ['_catalog?n=1000', `${manyTags}/tags/list`]) await (await fetch(`http://${address}/v2/${path}`)).text();
    });
    await watchLongTasks(window);
    await app.evaluate(watchDelay);
    const first = await timed(() => open(window, address));
    const list = await timed(() => openMany(window));
    const whole = await timed(() => window.getByText(/20,000\stags$/).waitFor());
    const before = residentBytes(main);
    const [through = 0, again = 0] = [await timed(() => goThrough(window)), await timed(() => goThrough(window))];
    const after = residentBytes(main);
    const { longest, count } = await readLongTasks(window);
    const delay = await app.evaluate(readDelay);
    return [
      `the first of ${repositories.toLocaleString('en')} repositories are shown after ${seconds(first)}; the first tags of ${tags.toLocaleString('en')}, with what is under them, after ${seconds(list)}, all names ${seconds(whole)} later (the registry itself takes ${seconds(itself)} for both lists)`,
      `its end, 60 pages by keys and 60 by wheel, and found: ${seconds(through)}, once more ${seconds(again)}; tasks of the window over 50 ms: ${count}${count > 0 ? `, the longest ${Math.round(longest)} ms` : ''}`,
      `main worked ${delay.stretch.toFixed(0)} ms at a stretch at most; its memory ${megabytes(before)} with all names, ${megabytes(after)} after going through them twice`,
    ];
  } finally {
    await app.close();
    await registry.stop();
  }
}

async function open(window: Page, address: string): Promise<void> {
  await window.evaluate((registry) => {
    location.hash = `#/browse/${encodeURIComponent(registry)}`;
  }, address);
  await window.getByRole('list', { name: 'Repositories' }).getByRole('link').first().waitFor();
}

async function openMany(window: Page): Promise<void> {
  await window.getByRole('list', { name: 'Repositories' }).getByRole('link', { name: manyTags }).click();
  await row(window, '1.199.99').getByText('amd64').waitFor();
}

async function goThrough(window: Page): Promise<void> {
  await row(window, '1.199.99').focus();
  await window.keyboard.press('End');
  await row(window, '1.0.0').getByText('amd64').waitFor();
  for (let page = 0; page < 60; page++) await window.keyboard.press('PageUp');
  await window.getByRole('table', { name: 'Tags' }).hover();
  for (let page = 0; page < 60; page++) await window.mouse.wheel(0, -20_000);
  await row(window, '1.199.99').getByText('amd64').waitFor();
  const field = window.getByRole('searchbox', { name: 'Find a tag' });
  await field.fill('1.42.');
  await row(window, '1.42.99').getByText('amd64').waitFor();
  await field.fill('');
  await row(window, '1.199.99').waitFor();
}

const row = (window: Page, tag: string) => window.getByRole('table', { name: 'Tags' }).getByRole('row', { name: tag, exact: true });
