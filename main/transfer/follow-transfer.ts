import type { Readable } from 'node:stream';
import type { Progress } from '../../contract/task.ts';
import { readNdjson } from '../engine/ndjson.ts';
import type { OperationContext } from '../engine/operation.ts';
import { reportSeldom } from '../engine/report-seldom.ts';
import type { TransferLine } from './transfer-line.ts';
import { lineOf } from './transfer-log.ts';

/** How the lines of a transfer are understood. */
export type Understanding<S> = { start: S; fold(state: S, line: TransferLine): S; progressOf(state: S): Progress };

/** Folds the engine's answer line by line, reports what comes of it and keeps its words in the log. Resolves to the last state. */
export async function followTransfer<S>(
  stream: Readable,
  { start, fold, progressOf }: Understanding<S>,
  context: OperationContext,
): Promise<S> {
  let state = start;
  const { changed, end } = reportSeldom(context, () => progressOf(state));
  try {
    for await (const line of readNdjson<TransferLine>(stream)) {
      state = fold(state, line);
      changed();
      const text = lineOf(line);
      if (text) context.log(text);
    }
  } finally {
    end();
  }
  return state;
}
