import { BrowserWindow } from 'electron';
import type { Task } from '../../contract/task.ts';

/** Electron's values for "busy, end unknown" and "nothing to show". */
const unknownEnd = 2;
const nothing = -1;

/** Shows the combined progress of running tasks on the app's icon in the dock or task bar. */
export function showProgress(tasks: Task[]): void {
  const running = tasks.filter(({ state }) => state === 'running');
  const fractions = running.map(({ progress }) => progress.fraction).filter((fraction) => fraction !== undefined);
  const mean = fractions.reduce((sum, fraction) => sum + fraction, 0) / fractions.length;
  const shown = running.length === 0 ? nothing : fractions.length < running.length ? unknownEnd : mean;
  for (const window of BrowserWindow.getAllWindows()) window.setProgressBar(shown);
}
