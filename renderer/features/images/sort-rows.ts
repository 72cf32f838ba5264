import type { ImageRow } from './image-row.ts';

export type SortColumn = 'name' | 'size' | 'own' | 'used' | 'created';
export type Sort = { column: SortColumn; direction: 'ascending' | 'descending' };

/** What people expect first: names from A, sizes from the largest, times from the newest. */
export const firstDirection = (column: SortColumn): Sort['direction'] => (column === 'name' ? 'ascending' : 'descending');

const collator = new Intl.Collator('en', { numeric: true });

const ascending: Record<SortColumn, (a: ImageRow, b: ImageRow) => number> = {
  // Untagged images have no name: they stand after those that have one.
  name: (a, b) => Number(a.groups.length === 0) - Number(b.groups.length === 0) || collator.compare(a.name, b.name),
  size: (a, b) => a.image.size - b.image.size,
  own: (a, b) => (a.image.ownSize ?? 0) - (b.image.ownSize ?? 0),
  used: (a, b) => (a.lastUsedAt ?? 0) - (b.lastUsedAt ?? 0),
  created: (a, b) => a.image.createdAt - b.image.createdAt,
};

export function sortRows(rows: ImageRow[], { column, direction }: Sort): ImageRow[] {
  const compare = ascending[column];
  const sign = direction === 'ascending' ? 1 : -1;
  return rows.toSorted((a, b) => sign * compare(a, b) || collator.compare(a.name, b.name));
}
