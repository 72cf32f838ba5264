import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { dropFiles } from '../drive/drop-files.ts';
import { launchApp } from '../drive/launch-app.ts';
import type { Engine } from '../engine/engine.ts';
import { median, seconds } from './process-figures.ts';

const rounds = 5;
const most = 3;

/** From dropping a folder of 100,000 files to the line that says what would be sent, and to its map. */
export async function measureContextMap(engine: Engine, folder: string): Promise<string[]> {
  const context = join(folder, 'many-files');
  fill(context);
  const app = await launchApp({ host: engine.host, home: join(folder, 'context-map') });
  try {
    const page = await app.firstWindow();
    await page.getByRole('row', { name: 'layerdeck/base:1' }).waitFor();
    const lines: number[] = [];
    const maps: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const { line, map } = await look(page, context);
      lines.push(line);
      maps.push(map);
    }
    const inTime = median(maps) < most * 1000 ? 'in time' : 'TOO SLOW';
    return [
      `100,000 files, from the drop to the line: ${seconds(median(lines))} (${lines.map(seconds).join(', ')})`,
      `and to the map: ${seconds(median(maps))} (${maps.map(seconds).join(', ')}), aim ${most} s, ${inTime}`,
    ];
  } finally {
    await app.close();
    rmSync(context, { recursive: true });
  }
}

async function look(page: Page, context: string): Promise<{ line: number; map: number }> {
  const begin = performance.now();
  await dropFiles(page, [context]);
  await page.getByText(/in\s+90,002\sfiles/).waitFor();
  const line = performance.now() - begin;
  await page.getByRole('button', { name: 'Look inside…' }).click();
  await page.locator('[data-cell]').first().waitFor();
  const map = performance.now() - begin;
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  return { line, map };
}

/** A thousand folders with a hundred files each, every tenth of which is left out. */
function fill(context: string): void {
  for (let number = 0; number < 1000; number++) {
    const folder = join(context, `part-${number % 10}`, `group-${number % 100}`, `folder-${number}`);
    mkdirSync(folder, { recursive: true });
    for (let file = 0; file < 100; file++)
      writeFileSync(join(folder, `file-${file}.${file % 10 === 0 ? 'log' : 'txt'}`), 'x'.repeat(file * 10));
  }
  writeFileSync(join(context, 'Dockerfile'), 'FROM layerdeck/base:1\nCOPY . /files\n');
  writeFileSync(join(context, '.dockerignore'), '**/*.log\n*.md\n!README.md\n');
}
