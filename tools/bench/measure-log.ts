import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { answerSaveDialog } from '../drive/answer-dialogs.ts';
import { dropFiles } from '../drive/drop-files.ts';
import { launchApp } from '../drive/launch-app.ts';
import type { Engine } from '../engine/engine.ts';
import { readLongTasks, watchLongTasks } from './long-tasks.ts';
import { megabytes, peakMemory, residentBytes, seconds } from './process-figures.ts';

/** Lines of 100 characters: 100 MB. */
const lines = 1_000_000;

/** A RUN that prints 100 MB, watched in the window: its longest task, main's memory, and the whole log saved to a file. */
export async function measureLog(engine: Engine, folder: string): Promise<string[]> {
  const project = join(folder, 'talkative');
  mkdirSync(project, { recursive: true });
  // BuildKit cuts a step's output at 1 MiB: only the classic builder passes on all of it
  const print = `awk 'BEGIN { for (i = 0; i < ${lines}; i++) printf "%08d ${'x'.repeat(90)}\\n", i }'`;
  writeFileSync(join(project, 'Dockerfile'), `FROM layerdeck/base:1\nRUN ${print}\n`);
  const app = await launchApp({ host: engine.host, home: join(folder, 'log') });
  try {
    return await watch(app, project, join(folder, 'whole.log'));
  } finally {
    await app.close();
    rmSync(project, { recursive: true, force: true });
  }
}

async function watch(app: ElectronApplication, project: string, saved: string): Promise<string[]> {
  const page = await app.firstWindow();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await chooseClassic(page);
  await watchLongTasks(page);
  await dropFiles(page, [project]);
  const main = app.process().pid ?? 0;
  const before = residentBytes(main);
  const begin = performance.now();
  await page.getByRole('dialog').getByRole('button', { name: 'Build', exact: true }).click();
  await page.getByRole('tab', { name: 'Log' }).click();
  const peak = await peakMemory(main, () => page.getByRole('heading', { name: /is built/ }).waitFor({ timeout: 300_000 }));
  const took = performance.now() - begin;
  const { longest, count } = await readLongTasks(page);
  await answerSaveDialog(app, saved);
  const save = page.getByRole('button', { name: 'Save…' });
  await save.click();
  await page.waitForFunction(() => document.body.innerText.includes('The log is saved'), undefined, { timeout: 60_000 });
  return [
    `100 MB of log: ${seconds(took)}; longest task of the window ${longest.toFixed(0)} ms, ${count} over 50 ms`,
    `memory of main: ${megabytes(before)} before, ${megabytes(peak)} at most, grown by ${megabytes(peak - before)}`,
    `the whole log saved: ${megabytes(statSync(saved).size)}`,
  ];
}

async function chooseClassic(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Engine:/ }).click();
  await page.getByRole('radio', { name: 'Always the classic builder' }).click();
  await page.keyboard.press('Escape');
}
