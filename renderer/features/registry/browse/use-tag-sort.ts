import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { apart, type JoinedTags, joinTags } from './join-tags.ts';
import { byTag, nextSort, type SortedBy, sortTags, type TagSort } from './sort-tags.ts';
import type { TagReader } from './tag-reader.ts';

/** The most tags that are sorted by what is under them: each has to be asked about first. */
export const mostSorted = 5000;

export type TagSorting = {
  /** The tags that begin a row. */
  rows: string[];
  /** Those that stand in the row of another one. */
  joined: JoinedTags;
  sort: TagSort;
  /** How many tags are read of all that have to be; undefined once they are in order. */
  reading: { done: number; total: number } | undefined;
  onSort(by: SortedBy): void;
};

/**
 * Sorts tags as a column's head is pressed, in one row for each image if that is wanted. By date, size or image, all are asked about first;
 * until then they stay in their usual order.
 */
export function useTagSort(tags: string[], reader: TagReader, isJoined: boolean): TagSorting {
  const [sort, setSort] = useState(byTag);
  const needsAll = sort.by !== 'tag' || isJoined;
  // only then: a scroll makes much known, and the page around the table need not be drawn for that
  useSyncExternalStore(needsAll ? reader.subscribe : nobody, needsAll ? reader.version : never);
  const done = needsAll ? tags.filter((tag) => reader.get(tag) !== undefined).length : tags.length;
  useEffect(() => {
    if (!needsAll) return;
    reader.wantAll(tags);
    return () => reader.wantAll([]);
  }, [reader, tags, needsAll]);
  const isRead = done === tags.length;
  const { rows, joined } = useMemo(() => {
    const get = (tag: string) => reader.get(tag);
    const sorted = isRead ? sortTags(tags, sort, get) : tags;
    return isJoined && isRead ? joinTags(sorted, get) : { rows: sorted, joined: apart };
  }, [tags, sort, reader, isRead, isJoined]);
  return {
    rows,
    joined,
    sort,
    reading: isRead ? undefined : { done, total: tags.length },
    onSort: (by) => setSort(by === 'tag' || tags.length <= mostSorted ? nextSort(sort, by) : sort),
  };
}

const nobody = () => () => {};
const never = () => 0;
