import type { KnownTag } from './tag-reader.ts';

export type SortedBy = 'tag' | 'built' | 'size';
export type TagSort = { by: SortedBy; isReversed: boolean };

/** In the order that the tags come in: names first, then the highest versions. */
export const byTag: TagSort = { by: 'tag', isReversed: false };

/** What a press on a column's head asks for: its usual order, the newest or the largest first; a second press turns it round. */
export const nextSort = (sort: TagSort, by: SortedBy): TagSort => ({ by, isReversed: sort.by === by && !sort.isReversed });

/** Tags sorted by what is under them; those of which it isn't known come last, whichever way. */
export function sortTags(tags: readonly string[], { by, isReversed }: TagSort, get: (tag: string) => KnownTag | undefined): string[] {
  if (by === 'tag') return isReversed ? [...tags].reverse() : [...tags];
  const figureOf = (tag: string): number | undefined => {
    const known = get(tag);
    if (!known || !('details' in known)) return undefined;
    return by === 'built' ? known.details.createdAt : known.details.size;
  };
  const valued = tags.map((tag) => ({ tag, value: figureOf(tag) }));
  const known = valued.filter((one): one is { tag: string; value: number } => one.value !== undefined);
  known.sort((one, other) => (isReversed ? one.value - other.value : other.value - one.value));
  return [...known, ...valued.filter(({ value }) => value === undefined)].map(({ tag }) => tag);
}
