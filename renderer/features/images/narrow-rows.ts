import { splitDigest } from '../../desk/image-name.ts';
import { bytes } from '../../ui/format.ts';
import type { ImageRow } from './image-row.ts';

/** What else an image has to be, besides passing the filter and the search. */
export type Narrowing = {
  /** It has a name there, or a digest of there. */
  repository?: string;
  /** Bytes. */
  largerThan?: number;
  /** Days since it was last used; an image that a container uses is in use now. */
  unusedFor?: number;
  /** A registry answered that it has a newer one. */
  hasNewer?: true;
};

export const noNarrowing: Narrowing = {};

/** What can be chosen, with words for it. */
export const sizes: readonly { size: number; words: string }[] = [
  { size: 100e6, words: '100 MB' },
  { size: 500e6, words: '500 MB' },
  { size: 1e9, words: '1 GB' },
  { size: 5e9, words: '5 GB' },
];
export const spans: readonly { days: number; words: string }[] = [
  { days: 14, words: 'two weeks' },
  { days: 30, words: 'a month' },
  { days: 90, words: 'three months' },
  { days: 365, words: 'a year' },
];

const day = 24 * 60 * 60 * 1000;

/** The rows that are like that. One of which it isn’t known when it was used does not count as unused. Times are in milliseconds since 1970. */
export function narrowRows(rows: ImageRow[], narrowing: Narrowing, now: number): ImageRow[] {
  const { repository, largerThan, unusedFor, hasNewer } = narrowing;
  if (Object.values(narrowing).every((value) => value === undefined)) return rows;
  return rows.filter(
    (row) =>
      (repository === undefined || repositoriesOf(row).includes(repository)) &&
      (largerThan === undefined || row.image.size > largerThan) &&
      (unusedFor === undefined || isUnusedFor(row, unusedFor, now)) &&
      (!hasNewer || row.newer !== undefined),
  );
}

function isUnusedFor({ image, lastUsedAt }: ImageRow, days: number, now: number): boolean {
  return image.usedBy.length === 0 && lastUsedAt !== undefined && lastUsedAt < now - days * day;
}

/** How many rows fit all else, and are left out because it isn’t known when their image was used. */
export const countWithoutUse = (rows: ImageRow[], { unusedFor: _, ...others }: Narrowing, now: number): number =>
  narrowRows(rows, others, now).filter(({ image, lastUsedAt }) => lastUsedAt === undefined && image.usedBy.length === 0).length;

/** Where an image has names, or digests if it has no name. */
export function repositoriesOf({ groups, image }: ImageRow): string[] {
  if (groups.length > 0) return groups.map(({ repository }) => repository);
  return [...new Set(image.digests.map((digest) => splitDigest(digest).repository))];
}

/** Each repository with the number of its images, the largest number first. */
export function countByRepository(rows: readonly ImageRow[]): [repository: string, count: number][] {
  const counts = new Map<string, number>();
  for (const row of rows) for (const repository of repositoriesOf(row)) counts.set(repository, (counts.get(repository) ?? 0) + 1);
  return [...counts].sort(([a, some], [b, others]) => others - some || a.localeCompare(b));
}

/** What is narrowed, each in words. */
export function narrowingWords({ repository, largerThan, unusedFor, hasNewer }: Narrowing): { of: keyof Narrowing; words: string }[] {
  const span = spans.find(({ days }) => days === unusedFor)?.words ?? `${unusedFor} days`;
  return [
    ...(repository === undefined ? [] : [{ of: 'repository' as const, words: repository }]),
    ...(largerThan === undefined
      ? []
      : [{ of: 'largerThan' as const, words: `Over ${sizes.find(({ size }) => size === largerThan)?.words ?? bytes(largerThan)}` }]),
    ...(unusedFor === undefined ? [] : [{ of: 'unusedFor' as const, words: `Not used for ${span}` }]),
    ...(hasNewer ? [{ of: 'hasNewer' as const, words: 'A newer one exists' }] : []),
  ];
}
