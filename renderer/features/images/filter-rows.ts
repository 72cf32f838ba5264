import type { ImageRow } from './image-row.ts';
import { putMatchesFirst } from './put-matches-first.ts';

export type ImageFilter = 'all' | 'in-use' | 'not-in-use' | 'untagged' | 'old-latest' | 'large';

export const filters: { id: ImageFilter; label: string; keeps(row: ImageRow): boolean }[] = [
  { id: 'all', label: 'All', keeps: () => true },
  { id: 'in-use', label: 'In use', keeps: ({ image }) => image.usedBy.length > 0 },
  { id: 'not-in-use', label: 'Not in use', keeps: ({ image }) => image.usedBy.length === 0 },
  { id: 'untagged', label: 'Untagged', keeps: ({ image, isStep }) => image.references.length === 0 && !isStep },
  { id: 'old-latest', label: 'Old “latest”', keeps: ({ newerThanLatest }) => newerThanLatest !== undefined },
  { id: 'large', label: 'Over 500 MB', keeps: ({ image }) => image.size > 500_000_000 },
];

/** The rows that pass the filter and have every word of the text, with their matching names first. */
export function filterRows(rows: ImageRow[], filter: ImageFilter, text: string): ImageRow[] {
  const keeps = filters.find(({ id }) => id === filter)?.keeps ?? (() => true);
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (filter === 'all' && words.length === 0) return rows;
  const found = rows.filter((row) => keeps(row) && words.every((word) => row.searchText.includes(word)));
  return words.length === 0 ? found : found.map((row) => putMatchesFirst(row, words));
}

/** How many rows each filter would show. */
export function countByFilter(rows: ImageRow[]): Record<ImageFilter, number> {
  const counts: Record<ImageFilter, number> = { all: 0, 'in-use': 0, 'not-in-use': 0, untagged: 0, 'old-latest': 0, large: 0 };
  for (const row of rows) for (const { id, keeps } of filters) if (keeps(row)) counts[id]++;
  return counts;
}
