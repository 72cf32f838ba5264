import { engineNumber } from '../../foundation/engine/engine-number.ts';

/** One line of an engine's answer to a pull or push. */
export type TransferLine = {
  status?: string;
  id?: string;
  progressDetail?: { current?: number; total?: number; units?: string; hidecounts?: boolean };
  aux?: { Tag?: string; Digest?: string; Size?: number };
};

export const readStatus = ({ status }: TransferLine): string => (typeof status === 'string' ? status : '');

/** The counts in a line, if any. A total of 0 counts as unknown. */
export function readDetail({ progressDetail }: TransferLine): { current: number; total: number | undefined } {
  return { current: engineNumber(progressDetail?.current) ?? 0, total: engineNumber(progressDetail?.total) || undefined };
}
