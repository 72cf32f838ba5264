import { useDeferredValue, useMemo } from 'react';
import type { ImageSummary } from '../../../contract/image.ts';
import { useMirror } from '../../connection/mirror.ts';
import { countByFilter, filterRows, type ImageFilter } from './filter-rows.ts';
import { deriveRows, type ImageRow } from './image-row.ts';
import { useImageList } from './list-store.ts';
import { sortRows } from './sort-rows.ts';

const none: ImageSummary[] = [];

export type ImageRows = { all: ImageRow[]; shown: ImageRow[]; counts: Record<ImageFilter, number>; biggest: number };

/** The list as filtered and sorted; each step is done again only when its own input changed. */
export function useImageRows(): ImageRows {
  const images = useMirror((mirror) => mirror.images?.images) ?? none;
  const filter = useImageList((list) => list.filter);
  const text = useDeferredValue(useImageList((list) => list.text));
  const sort = useImageList((list) => list.sort);
  const all = useMemo(() => deriveRows(images), [images]);
  const sorted = useMemo(() => sortRows(all, sort), [all, sort]);
  const shown = useMemo(() => filterRows(sorted, filter, text), [sorted, filter, text]);
  const counts = useMemo(() => countByFilter(all), [all]);
  const biggest = useMemo(() => images.reduce((most, { size }) => Math.max(most, size), 1), [images]);
  return { all, shown, counts, biggest };
}
