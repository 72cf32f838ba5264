import { type RefObject, useEffect, useRef } from 'react';
import type { ListItem } from './group-rows.ts';

/** When the row that has the focus disappears, the row that takes its place gets the focus. */
export function useKeepFocus(box: RefObject<HTMLElement | null>, items: ListItem[], activeIndex: number): void {
  const had = useRef(false);
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      had.current = target instanceof Node && (box.current?.querySelector('tbody')?.contains(target) ?? false);
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [box]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the items change, one may have gone
  useEffect(() => {
    if (!had.current || document.activeElement !== document.body) return;
    box.current?.querySelector<HTMLElement>('tbody tr[tabindex="0"]')?.focus({ preventScroll: true });
  }, [box, items, activeIndex]);
}
