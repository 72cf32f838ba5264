import type { TransferLine } from './transfer-line.ts';

/** The line for the task's log; undefined for the many lines that only count bytes. */
export function lineOf({ status, id, progressDetail }: TransferLine): string | undefined {
  if (!status || progressDetail?.current !== undefined) return undefined;
  return id ? `${id}: ${status}` : status;
}
