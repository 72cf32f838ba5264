import type { Readable } from 'node:stream';
import type { LogLine } from '../../../../contract/task.ts';
import { lineBatches } from '../../files/line-batches.ts';
import { inGlimpses } from '../../progress/in-glimpses.ts';
import { inspectContainer } from '../answers/container-answers.ts';
import type { Engine } from '../open-engine.ts';
import { readContainerLog } from './container-log.ts';

/** The most characters in a line. */
const longestLine = 1_000_000;
const shownOfLine = 4000;
/** No window draws more lines at once. */
const mostAtOnce = 2000;

type Following = {
  /** How many lines from before are shown. */
  tail: number;
  /** Gives each line the time at which it was said. */
  withTimes?: boolean;
};

/** The end of a container's log, then what it says until it ends. Of lines that come faster than anybody reads only the last are given, with their numbers. */
export async function* followContainerLog(
  engine: Engine,
  container: string,
  { tail, withTimes = false }: Following,
  signal: AbortSignal | undefined,
): AsyncGenerator<LogLine[]> {
  const { Config } = await inspectContainer(engine, container);
  const log = await readContainerLog(engine, container, {
    isTty: Config.Tty,
    tail,
    follow: true,
    timestamps: withTimes,
    ...(signal && { signal }),
  });
  for await (const { first, items } of inGlimpses(batchesOf(log), mostAtOnce)) {
    yield items.map((line, at) => ({ number: first + at, ...(withTimes ? timedLine(line) : { text: shown(line) }) }));
  }
}

/** The last lines that a container said. */
export async function readLastLines(
  engine: Engine,
  container: string,
  { isTty, lines }: { isTty: boolean; lines: number },
): Promise<string[]> {
  const all: string[] = [];
  const log = await readContainerLog(engine, container, { isTty, tail: lines, follow: false });
  for await (const some of batchesOf(log)) all.push(...some.map(shown));
  return all.slice(-lines);
}

/** An engine writes the time before each line, to the nanosecond. */
export function timedLine(line: string): Pick<LogLine, 'at' | 'text'> {
  const [, time, text = ''] = /^(\d{4}-\d\d-\d\dT\S+) ?(.*)$/s.exec(line) ?? [];
  const at = time === undefined ? Number.NaN : Date.parse(time);
  return Number.isNaN(at) ? { text: shown(line) } : { at, text: shown(text) };
}

const shown = (line: string): string => line.replace(/\r$/, '').slice(0, shownOfLine);

const batchesOf = (log: Readable) => lineBatches(log, longestLine);
