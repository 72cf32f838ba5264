import type { Readable } from 'node:stream';
import type { Progress } from '../../../contract/task.ts';
import { readNdjson } from '../../foundation/engine/ndjson.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { throttleReports } from '../../foundation/progress/throttle-reports.ts';
import type { TransferLine } from './transfer-line.ts';
import { lineOf } from './transfer-log.ts';

/** How to interpret the lines of a transfer. */
export type Interpretation<S> = { start: S; fold(state: S, line: TransferLine): S; progressOf(state: S): Progress };

/** Folds the engine's answer line by line, reports the progress and logs its messages. Resolves to the last state. */
export async function followTransfer<S>(
  stream: Readable,
  { start, fold, progressOf }: Interpretation<S>,
  context: OperationContext,
): Promise<S> {
  let state = start;
  const { changed, end } = throttleReports(context, () => progressOf(state));
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
