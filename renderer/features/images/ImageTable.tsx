import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useMemo, useRef } from 'react';
import type { ShownEngine } from '../../desk/shown-engines.ts';
import { useNow } from '../../ui/use-now.ts';
import c from './ImageTable.module.css';
import { ImageTableHead } from './ImageTableHead.tsx';
import { ImageTableRow } from './ImageTableRow.tsx';
import type { ImageRow } from './image-row.ts';
import { useImageList } from './list-store.ts';
import { useKeepFocus } from './use-keep-focus.ts';
import { useTableKeys } from './use-table-keys.ts';

type Props = {
  rows: ImageRow[];
  /** More than one only if their images are told apart. */
  engines: ShownEngine[];
  biggest: number;
  chosenCount: number;
};

const headHeight = 33;

/** Only the visible rows are in the page; each knows its true place in the list. */
export function ImageTable({ rows, engines, biggest, chosenCount }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const ids = useMemo(() => rows.map(({ id }) => id), [rows]);
  const active = useImageList((list) => list.active);
  const activeIndex = Math.max(0, active === undefined ? 0 : ids.indexOf(active));
  const now = useNow(30_000);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    getItemKey: (index) => ids[index] ?? index,
    estimateSize: () => 52,
    scrollPaddingStart: headHeight + 4,
    scrollPaddingEnd: chosenCount > 0 ? 72 : 4,
    overscan: 6,
    // The active row stays in the page when it scrolls away, or the keyboard would lose its place.
    rangeExtractor: useCallback((range: Range) => withIndex(defaultRangeExtractor(range), activeIndex), [activeIndex]),
  });
  useKeepFocus(box, rows, activeIndex);
  const onKeyDown = useTableKeys(rows, ids, activeIndex, (index) => virtual.scrollToIndex(index));
  return (
    <div ref={box} className={`scroll ${c.box}`} data-bulk={chosenCount > 0 || undefined}>
      <table className={c.table} aria-label="Images" aria-rowcount={rows.length + 1}>
        <ImageTableHead ids={ids} chosenCount={chosenCount} />
        <tbody className={c.body} style={{ height: virtual.getTotalSize() }} onKeyDown={onKeyDown}>
          {virtual.getVirtualItems().map(({ index, start, key }) => {
            const row = rows[index];
            return (
              row && (
                <ImageTableRow
                  key={key}
                  row={row}
                  engine={engines.length > 1 ? engines.find(({ at }) => at === row.at) : undefined}
                  index={index}
                  top={start}
                  isActive={index === activeIndex}
                  biggest={biggest}
                  now={now}
                  ids={ids}
                />
              )
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const withIndex = (indexes: number[], index: number): number[] =>
  indexes.includes(index) ? indexes : [...indexes, index].toSorted((a, b) => a - b);
