import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import c from './LongList.module.css';

/** So many rows are drawn at once: then it doesn’t matter where in the page they stand, and a bar that moves measures nothing. */
const few = 30;

type Props<T> = {
  items: T[];
  keyOf(item: T): string;
  rowHeight: number;
  /** Rows differ in height, and `rowHeight` is only a guess. */
  isVaried?: boolean;
  label?: string;
  labelOf?(item: T): string;
  children(item: T): ReactNode;
};

/** A list inside something that scrolls. Only the visible rows are in the page; each knows its true place. */
export function LongList<T>({ items, keyOf, rowHeight, isVaried, label, labelOf, children }: Props<T>) {
  const list = useRef<HTMLOListElement>(null);
  const [top, setTop] = useState(0);
  const isShort = items.length <= few;
  const scroller = () => list.current?.closest<HTMLElement>('.scroll') ?? null;
  // after each draw: what stands above the list grows and shrinks
  useLayoutEffect(() => {
    const box = isShort ? null : scroller();
    if (box && list.current) setTop(list.current.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop);
  });
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: scroller,
    getItemKey: (index) => keyOf(items[index] as T),
    estimateSize: () => rowHeight,
    scrollMargin: isShort ? 0 : top,
    rangeExtractor: (range) => (isShort ? [...items.keys()] : defaultRangeExtractor(range)),
    overscan: 10,
  });
  return (
    <ol ref={list} className={c.list} aria-label={label} style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map(({ index, start, key }) => (
        <li
          key={key}
          ref={isVaried ? virtual.measureElement : undefined}
          data-index={index}
          className={c.item}
          aria-label={labelOf?.(items[index] as T)}
          style={{ transform: `translateY(${start - (isShort ? 0 : top)}px)` }}
          aria-posinset={index + 1}
          aria-setsize={items.length}
        >
          {children(items[index] as T)}
        </li>
      ))}
    </ol>
  );
}
