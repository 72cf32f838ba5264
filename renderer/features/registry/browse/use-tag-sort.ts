import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { byTag, nextSort, type SortedBy, sortTags, type TagSort } from './sort-tags.ts';
import type { TagReader } from './tag-reader.ts';

/** The most tags that are sorted by what is under them: each has to be asked about first. */
export const mostSorted = 5000;

export type TagSorting = {
  sorted: string[];
  sort: TagSort;
  /** How many tags are read of all that have to be; undefined once they are sorted. */
  reading: { done: number; total: number } | undefined;
  onSort(by: SortedBy): void;
};

/** Sorts tags as a column's head is pressed. By date or size, all are asked about first; until then they stay in their usual order. */
export function useTagSort(tags: string[], reader: TagReader): TagSorting {
  const [sort, setSort] = useState(byTag);
  const needsAll = sort.by !== 'tag';
  // only then: a scroll makes much known, and the page around the table need not be drawn for that
  useSyncExternalStore(needsAll ? reader.subscribe : nobody, needsAll ? reader.version : never);
  const done = needsAll ? tags.filter((tag) => reader.get(tag) !== undefined).length : tags.length;
  useEffect(() => {
    if (!needsAll) return;
    reader.wantAll(tags);
    return () => reader.wantAll([]);
  }, [reader, tags, needsAll]);
  const isRead = done === tags.length;
  const sorted = useMemo(() => (isRead ? sortTags(tags, sort, (tag) => reader.get(tag)) : tags), [tags, sort, reader, isRead]);
  return {
    sorted,
    sort,
    reading: isRead ? undefined : { done, total: tags.length },
    onSort: (by) => setSort(by === 'tag' || tags.length <= mostSorted ? nextSort(sort, by) : sort),
  };
}

const nobody = () => () => {};
const never = () => 0;
