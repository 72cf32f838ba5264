import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useMemo, useRef } from 'react';
import type { ShownEngine } from '../../desk/shown-engines.ts';
import { useNow } from '../../ui/use-now.ts';
import { useColumns } from './columns.ts';
import { GroupRow } from './GroupRow.tsx';
import type { ListItem } from './group-rows.ts';
import c from './ImageTable.module.css';
import { ImageTableHead } from './ImageTableHead.tsx';
import { ImageTableRow } from './ImageTableRow.tsx';
import { selectableIds } from './image-row.ts';
import { useImageList } from './list-store.ts';
import { useKeepFocus } from './use-keep-focus.ts';
import { useTableKeys } from './use-table-keys.ts';

type Props = {
  items: ListItem[];
  /** More than one only if their images are told apart. */
  engines: ShownEngine[];
  biggest: number;
  chosenCount: number;
};

const headHeight = 33;
/** More than these, and the bars make room for names. */
const manyColumns = 4;
const rowHeight = 52;
const groupHeight = 38;

/** The images of an item that can be selected; those of a folded group, too. */
function idsOf(item: ListItem): string[] {
  if (item.kind === 'image') return item.row.isStep ? [] : [item.id];
  return item.isFolded ? selectableIds(item.rows) : [];
}

/** Only the visible rows are in the page; each knows its true place in the list. */
export function ImageTable({ items, engines, biggest, chosenCount }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const ids = useMemo(() => items.map(({ id }) => id), [items]);
  const imageIds = useMemo(() => items.flatMap(idsOf), [items]);
  const selectable = useMemo(() => new Set(imageIds), [imageIds]);
  const columns = useColumns();
  const active = useImageList((list) => list.active);
  const activeIndex = Math.max(0, active === undefined ? 0 : ids.indexOf(active));
  const now = useNow(30_000);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    getItemKey: (index) => ids[index] ?? index,
    estimateSize: (index) => (items[index]?.kind === 'group' ? groupHeight : rowHeight),
    scrollPaddingStart: headHeight + 4,
    scrollPaddingEnd: chosenCount > 0 ? 72 : 4,
    overscan: 6,
    // The active row stays in the page when it scrolls away, or the keyboard would lose its place.
    rangeExtractor: useCallback((range: Range) => withIndex(defaultRangeExtractor(range), activeIndex), [activeIndex]),
  });
  useKeepFocus(box, items, activeIndex);
  const onKeyDown = useTableKeys(items, ids, selectable, activeIndex, (index) => virtual.scrollToIndex(index));
  return (
    <div ref={box} className={`scroll ${c.box}`} data-bulk={chosenCount > 0 || undefined}>
      <table className={c.table} data-many={columns.length > manyColumns || undefined} aria-label="Images" aria-rowcount={items.length + 1}>
        <ImageTableHead ids={imageIds} columns={columns} chosenCount={chosenCount} />
        <tbody className={c.body} style={{ height: virtual.getTotalSize() }} onKeyDown={onKeyDown}>
          {virtual.getVirtualItems().map(({ index, start, key }) => {
            const item = items[index];
            const place = { index, top: start, isActive: index === activeIndex };
            if (item?.kind === 'group') return <GroupRow key={key} group={item} {...place} />;
            return (
              item && (
                <ImageTableRow
                  key={key}
                  row={item.row}
                  engine={engines.length > 1 ? engines.find(({ at }) => at === item.row.at) : undefined}
                  {...place}
                  columns={columns}
                  biggest={biggest}
                  now={now}
                  ids={ids}
                  selectable={selectable}
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
