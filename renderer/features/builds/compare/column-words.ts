import type { CacheMatrix } from '../../../../contract/cache-matrix.ts';

/** What a column is called: the kind of step in it. A number would not be that in the Dockerfile. */
export function columnName({ rows }: CacheMatrix, column: number): string {
  const kinds = rows.flatMap(({ cells }) => (cells[column] ? [/^[A-Z]{3,}\b/.exec(cells[column].instruction)?.[0] ?? 'Step'] : []));
  return [...new Set(kinds)].join(' / ');
}

/** Whether layers or caches diverge somewhere. They do not if one image only goes on after another. */
export const hasDivergence = ({ partsAt, cacheForksAt }: CacheMatrix): boolean => partsAt !== undefined || cacheForksAt !== undefined;

/** The column to look at first: where the layers or caches diverge, or else where one image ends. */
export const shownColumn = ({ partsAt, cacheForksAt, endsAt }: CacheMatrix): number | undefined =>
  partsAt === undefined ? (cacheForksAt ?? endsAt) : Math.min(partsAt, cacheForksAt ?? partsAt);

/** What happens at a column. */
export const marksOf = ({ partsAt, cacheForksAt, endsAt }: CacheMatrix, column: number): string[] => [
  ...(column === partsAt ? ['diverge here'] : []),
  ...(column === cacheForksAt ? ['cache forks'] : []),
  ...(column === endsAt && column !== partsAt ? ['not in all'] : []),
];
