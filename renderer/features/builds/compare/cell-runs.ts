import type { CacheMatrix, MatrixCell } from '../../../../contract/cache-matrix.ts';

/** Neighbouring cells of a column that agree, as one. */
export type CellRun = { row: number; span: number; cell: MatrixCell | undefined };

/** The runs of a column, from the top. A row that has ended, or is unknown there, has an empty cell of its own. */
export function cellRuns({ rows }: CacheMatrix, column: number): CellRun[] {
  const runs: CellRun[] = [];
  for (const [row, { cells }] of rows.entries()) {
    const cell = cells[column];
    const last = runs.at(-1);
    const agrees = cell?.group !== undefined && last?.cell?.group === cell.group;
    // cells made from different files each show their own digest
    if (agrees && last?.cell?.files === cell.files) last.span += 1;
    else runs.push({ row, span: 1, cell });
  }
  return runs;
}

/** How many columns are hidden at first: those in which all agree, but for the last one before they diverge. */
export function foldedColumns({ partsAt, endsAt, unknownFrom, cacheForksAt, rows }: CacheMatrix): number {
  const columns = Math.max(0, ...rows.map(({ cells }) => cells.length));
  return Math.max(0, Math.min(partsAt ?? columns, endsAt ?? columns, unknownFrom ?? columns, cacheForksAt ?? columns) - 2);
}
