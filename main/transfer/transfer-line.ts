import { engineNumber } from '../engine/engine-number.ts';

/** A line of the answer to a pull or push, as the engines send it. */
export type TransferLine = {
  status?: string;
  id?: string;
  progressDetail?: { current?: number; total?: number; units?: string; hidecounts?: boolean };
  aux?: { Tag?: string; Digest?: string; Size?: number };
};

export const readStatus = ({ status }: TransferLine): string => (typeof status === 'string' ? status : '');

/** The counts of a line, where they are any. A total of nothing is none. */
export function readDetail({ progressDetail }: TransferLine): { current: number; total: number | undefined } {
  return { current: engineNumber(progressDetail?.current) ?? 0, total: engineNumber(progressDetail?.total) || undefined };
}
