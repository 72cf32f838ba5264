import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

type InView = {
  region: RefObject<HTMLElement | null>;
  /** For the head of the column to show. */
  head: RefObject<HTMLTableCellElement | null>;
  /** Whether the table has more columns than there is room for. */
  isWider: boolean;
  /** Brings the column into view and gives the table the focus, so that the arrow keys go on from there. */
  show(): void;
};

/** Shows one column of a wide table from the start, and again on request. */
export function useColumnInView(): InView {
  const region = useRef<HTMLElement>(null);
  const head = useRef<HTMLTableCellElement>(null);
  const [isWider, setWider] = useState(false);
  useLayoutEffect(() => bringIntoView(region.current, head.current), []);
  useLayoutEffect(() => {
    const box = region.current;
    if (!box) return;
    const observer = new ResizeObserver(() => setWider(box.scrollWidth > box.clientWidth));
    // the table changes when columns are hidden, and its room with the window
    for (const seen of [box, ...box.children]) observer.observe(seen);
    return () => observer.disconnect();
  }, []);
  const show = () => {
    bringIntoView(region.current, head.current);
    region.current?.scrollIntoView({ block: 'nearest' });
    region.current?.focus();
  };
  return { region, head, isWider, show };
}

/** Puts the column in the middle of the space beside the names; the page around the table doesn’t scroll. */
function bringIntoView(region: HTMLElement | null, head: HTMLTableCellElement | null): void {
  const names = head?.parentElement?.firstElementChild;
  if (!region || !head || !names) return;
  const free = region.clientWidth - names.clientWidth;
  region.scrollLeft = head.offsetLeft - names.clientWidth - Math.max(0, (free - head.offsetWidth) / 2);
}
