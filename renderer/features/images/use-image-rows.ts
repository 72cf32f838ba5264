import { useDeferredValue, useMemo } from 'react';
import type { ShownEngine } from '../../desk/shown-engines.ts';
import { countByFilter, filterRows, type ImageFilter } from './filter-rows.ts';
import { deriveRows, type ImageRow } from './image-row.ts';
import { useImageList } from './list-store.ts';
import { sortRows } from './sort-rows.ts';

export type ImageRows = { all: ImageRow[]; shown: ImageRow[]; counts: Record<ImageFilter, number>; biggest: number };

/** The list of all engines as filtered and sorted; each step is done again only when its own input changed. */
export function useImageRows(engines: ShownEngine[]): ImageRows {
  const hidden = useImageList((list) => list.hiddenEngines);
  const filter = useImageList((list) => list.filter);
  const text = useDeferredValue(useImageList((list) => list.text));
  const sort = useImageList((list) => list.sort);
  const all = useMemo(() => rowsOf(engines, hidden), [engines, hidden]);
  const sorted = useMemo(() => sortRows(all, sort), [all, sort]);
  const shown = useMemo(() => filterRows(sorted, filter, text), [sorted, filter, text]);
  const counts = useMemo(() => countByFilter(all), [all]);
  const biggest = useMemo(() => all.reduce((most, { image }) => Math.max(most, image.size), 1), [all]);
  return { all, shown, counts, biggest };
}

/** What was derived of each list; a list changes only as a whole. */
const derived = new WeakMap<object, ImageRow[]>();

function rowsOf(engines: ShownEngine[], hidden: ReadonlySet<string>): ImageRow[] {
  return engines
    .filter(({ at = '' }) => !hidden.has(at) || engines.length === 1)
    .flatMap(({ at, images }) => {
      if (!images) return [];
      const rows = derived.get(images) ?? deriveRows(images.images, at);
      derived.set(images, rows);
      return rows;
    });
}
