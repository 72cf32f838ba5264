import type { CacheMatrix } from '../../../contract/cache-matrix.ts';

/** What a column is called: the kind of step that stands in it. A number would be another one than that in the Dockerfile. */
export function columnName({ rows }: CacheMatrix, column: number): string {
  const kinds = rows.flatMap(({ cells }) => (cells[column] ? [/^[A-Z]{3,}\b/.exec(cells[column].instruction)?.[0] ?? 'Step'] : []));
  return [...new Set(kinds)].join(' / ');
}

/** Whether their layers or their caches part somewhere; where one only goes on, they do not. */
export const doPart = ({ partsAt, cacheForksAt }: CacheMatrix): boolean => partsAt !== undefined || cacheForksAt !== undefined;

/** The column that one looks for first: where they part or the cache does, else where one of them ends. */
export const shownColumn = ({ partsAt, cacheForksAt, endsAt }: CacheMatrix): number | undefined =>
  partsAt === undefined ? (cacheForksAt ?? endsAt) : Math.min(partsAt, cacheForksAt ?? partsAt);

/** What is to be seen at a column. */
export const marksOf = ({ partsAt, cacheForksAt, endsAt }: CacheMatrix, column: number): string[] => [
  ...(column === partsAt ? ['part here'] : []),
  ...(column === cacheForksAt ? ['cache forks'] : []),
  ...(column === endsAt && column !== partsAt ? ['not in all'] : []),
];
