import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { tarEnd, tarHeader, tarPadding } from '../../main/foundation/formats/tar/tar-header.ts';
import { launchApp } from '../drive/launch-app.ts';
import type { Engine } from '../engine/engine.ts';
import { readLongTasks, watchLongTasks } from './long-tasks.ts';
import { seconds, timed } from './process-figures.ts';

const files = 100_000;
const image = 'bench/files:1';

/** How smooth the window stays with a folder of 100,000 files: opened, gone through by keys and wheel, searched and sorted. */
export async function measureFiles(engine: Engine, folder: string): Promise<string[]> {
  await makeImage(engine, join(folder, 'files.tar'));
  const app = await launchApp({ host: engine.host, home: join(folder, 'files') });
  try {
    const window = await app.firstWindow();
    await window.getByRole('row', { name: image, exact: true }).getByRole('link').click();
    await window.getByRole('tab', { name: 'Files' }).click();
    await window.getByRole('button', { name: /^Read / }).click();
    const tree = window.getByRole('treegrid');
    await tree.getByRole('row', { name: /^many/ }).waitFor({ timeout: 120_000 });
    await watchLongTasks(window);
    const opened = await timed(() => goThrough(window));
    const { longest, count } = await readLongTasks(window);
    return [
      `a folder of ${files.toLocaleString('en')} files: opened, its end, 60 pages by keys and 60 by wheel, found and sorted in ${seconds(opened)}`,
      `tasks of the window over 50 ms: ${count}${count > 0 ? `, the longest ${Math.round(longest)} ms` : ''}`,
    ];
  } finally {
    await app.close();
  }
}

async function goThrough(window: Page): Promise<void> {
  const tree = window.getByRole('treegrid');
  const chosen = tree.getByRole('row', { selected: true });
  await tree.focus();
  await tree.press('ArrowRight');
  await tree.getByRole('row', { name: /^file-000000/ }).waitFor();
  await tree.press('End');
  await chosen.filter({ hasText: `file-0${files - 1}` }).waitFor();
  for (let page = 0; page < 60; page++) await tree.press('PageUp');
  await tree.hover();
  for (let page = 0; page < 60; page++) await window.mouse.wheel(0, -40_000);
  await tree.press('Home');
  await window.getByRole('button', { name: 'Size', exact: true }).click();
  const field = window.getByRole('searchbox', { name: 'Find a file in the image' });
  await field.fill('99999');
  await tree.getByRole('row', { name: /^file-099999/ }).waitFor();
  await field.fill('');
  await tree.getByRole('row', { name: /^file-000000/ }).waitFor();
}

async function makeImage(engine: Engine, path: string): Promise<void> {
  const entries: Buffer[] = [tarHeader({ name: 'many/', kind: 'folder', mode: 0o755, size: 0, modified: 1_700_000_000 })];
  for (let at = 0; at < files; at++) {
    const name = `many/file-${String(at).padStart(6, '0')}`;
    const body = Buffer.from(name);
    const header = tarHeader({ name, kind: 'file', mode: 0o644, size: body.length, modified: 1_700_000_000 });
    entries.push(header, body, tarPadding(body.length));
    if (entries.length > 10_000) appendFileSync(path, Buffer.concat(entries.splice(0)));
  }
  appendFileSync(path, Buffer.concat([...entries, tarEnd()]));
  await engine.docker(['import', path, image]);
}
