import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { LogLine } from '../../../contract/task.ts';
import { readLogFile } from '../../foundation/files/log-file.ts';
import type { BuildHistory } from './build-history.ts';

/** How many lines at the end of a stored log are shown; the complete log can be saved. */
const shownLines = 20_000;
/** Lines in a batch; more at once would freeze the window. */
const batchLines = 1000;

/** The end of a stored log in batches, starting after the given line number. */
export async function* lastBatches(
  lines: AsyncIterable<LogLine>,
  after: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<LogLine[]> {
  let kept: LogLine[] = [];
  for await (const line of lines) {
    if (signal?.aborted) return;
    if (line.number > after) kept.push(line);
    // cut in large pieces: moving the whole array for each line would be quadratic
    if (kept.length > shownLines * 2) kept = kept.slice(-shownLines);
  }
  kept = kept.slice(-shownLines);
  for (let start = 0; start < kept.length; start += batchLines) yield kept.slice(start, start + batchLines);
}

/** Writes files that get their name only once they are complete. */
type Partials = { write(path: string, write: (partial: string) => Promise<object>): Promise<unknown> };

/** A file that gets its name only once it is complete. */
type LogTarget = { partials: Partials; path: string };

/** Writes the complete log of a build that has ended to a file. */
export async function saveBuildLog(history: BuildHistory, id: string, target: LogTarget): Promise<void> {
  const { task } = await history.read(id);
  const names = new Map(task.progress.build?.steps.map((step) => [step.id, step.instruction]));
  await saveLogAs(readLogFile(history.logFile(id)), (step) => names.get(step) ?? step, target);
}

/** Writes a log as plain text, with a heading wherever the step changes. */
export async function saveLogAs(lines: AsyncIterable<LogLine>, nameOf: (step: string) => string, target: LogTarget): Promise<void> {
  await target.partials.write(target.path, async (partial) => {
    await pipeline(Readable.from(textOf(lines, nameOf)), createWriteStream(partial, { flags: 'wx', flush: true }));
    return {};
  });
}

async function* textOf(lines: AsyncIterable<LogLine>, nameOf: (step: string) => string): AsyncGenerator<string> {
  let step: string | undefined;
  let piece = '';
  for await (const line of lines) {
    if (line.step !== step && line.step) piece += `\n# ${nameOf(line.step)}\n`;
    step = line.step;
    piece += `${line.text}\n`;
    if (piece.length < 64 * 1024) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
