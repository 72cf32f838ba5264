import type { Readable } from 'node:stream';
import type { LogLine } from '../../../contract/task.ts';
import { inspectContainer } from '../../foundation/engine/answers/container-answers.ts';
import { readContainerLog } from '../../foundation/engine/container-log.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { lineBatches } from '../../foundation/files/line-batches.ts';

/** How many lines from before are shown. */
const shownLines = 500;
/** The most characters in a line. */
const longestLine = 1_000_000;
const shownOfLine = 4000;

/** The end of a registry's log, then each new batch of lines until its container ends. */
export async function* followRegistryLog(engine: Engine, container: string, signal: AbortSignal | undefined): AsyncGenerator<LogLine[]> {
  const { Config } = await inspectContainer(engine, container);
  const log = await readContainerLog(engine, container, {
    isTty: Config.Tty,
    tail: shownLines,
    follow: true,
    ...(signal && { signal }),
  });
  let number = 0;
  for await (const lines of batchesOf(log)) yield lines.map((text) => ({ number: ++number, text: text.slice(0, shownOfLine) }));
}

/** The last lines that a container said. */
export async function readLastLines(
  engine: Engine,
  container: string,
  { isTty, lines }: { isTty: boolean; lines: number },
): Promise<string[]> {
  const all: string[] = [];
  const log = await readContainerLog(engine, container, { isTty, tail: lines, follow: false });
  for await (const some of batchesOf(log)) all.push(...some.map((text) => text.slice(0, shownOfLine)));
  return all.slice(-lines);
}

const batchesOf = (log: Readable) => lineBatches(log, longestLine);
