import { type RefObject, useEffect, useRef } from 'react';
import type { ImageRow } from './image-row.ts';

/** A row that goes while it has the keyboard leaves it to the one that comes into its place, and not to nobody. */
export function useKeepPlace(box: RefObject<HTMLElement | null>, rows: ImageRow[], activeIndex: number): void {
  const had = useRef(false);
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      had.current = target instanceof Node && (box.current?.querySelector('tbody')?.contains(target) ?? false);
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [box]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a row may have gone whenever the rows are others
  useEffect(() => {
    if (!had.current || document.activeElement !== document.body) return;
    box.current?.querySelector<HTMLElement>('tbody tr[tabindex="0"]')?.focus({ preventScroll: true });
  }, [box, rows, activeIndex]);
}
