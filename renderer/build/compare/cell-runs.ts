import type { CacheMatrix, MatrixCell } from '../../../contract/cache-matrix.ts';

/** Cells of one column that agree and lie under each other, as one. */
export type CellRun = { row: number; span: number; cell: MatrixCell | undefined };

/** The runs of a column, from the top. A row that has ended has an empty cell of its own, and so has one of which nothing is known. */
export function cellRuns({ rows }: CacheMatrix, column: number): CellRun[] {
  const runs: CellRun[] = [];
  for (const [row, { cells }] of rows.entries()) {
    const cell = cells[column];
    const last = runs.at(-1);
    const agrees = cell?.group !== undefined && last?.cell?.group === cell.group;
    // of other files than the cache knows, each is shown with its own digest
    if (agrees && last?.cell?.files === cell.files) last.span += 1;
    else runs.push({ row, span: 1, cell });
  }
  return runs;
}

/** Columns that are hidden at first: those in which all agree, up to the last one before they part. */
export function foldedColumns({ partsAt, endsAt, unknownFrom, cacheForksAt, rows }: CacheMatrix): number {
  const columns = Math.max(0, ...rows.map(({ cells }) => cells.length));
  return Math.max(0, Math.min(partsAt ?? columns, endsAt ?? columns, unknownFrom ?? columns, cacheForksAt ?? columns) - 2);
}
