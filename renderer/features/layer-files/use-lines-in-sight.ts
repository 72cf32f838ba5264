import { type RefObject, useLayoutEffect, useState } from 'react';

/** Lines of one height below a head that stays in sight. */
type Measures = { box: RefObject<HTMLElement | null>; lineHeight: number; headHeight: number };

/** Lines beyond those in sight, so that a small scroll shows no gap. */
const more = 12;

/**
 * Which lines are in sight, and a way to bring one there. All lines are of one height, so that nothing has to be kept for each,
 * as a virtualizer would for a hundred thousand.
 */
export function useLinesInSight(count: number, { box, lineHeight, headHeight }: Measures) {
  const [sight, setSight] = useState({ first: 0, last: 40 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => {
      const first = Math.floor(element.scrollTop / lineHeight);
      const last = first + Math.ceil(element.clientHeight / lineHeight);
      setSight((before) => (before.first === first && before.last === last ? before : { first, last }));
    };
    look();
    const size = new ResizeObserver(look);
    size.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      size.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [box, lineHeight]);
  const show = (line: number) => {
    const element = box.current;
    if (!element) return;
    const top = line * lineHeight;
    const lowest = top + headHeight + lineHeight - element.clientHeight;
    if (element.scrollTop > top) element.scrollTop = top;
    else if (element.scrollTop < lowest) element.scrollTop = lowest;
  };
  return {
    first: Math.max(0, Math.min(sight.first, count) - more),
    last: Math.min(count - 1, sight.last + more),
    /** Whole lines that fit. */
    inSight: Math.max(1, sight.last - sight.first - 2),
    show,
  };
}
