import { useCallback, useLayoutEffect, useRef } from 'react';

/** A function that stays the same and does what the last one that was given does: a row that gets it isn’t drawn anew for it. */
export function useStable<A extends unknown[]>(act: (...given: A) => void): (...given: A) => void {
  const latest = useRef(act);
  useLayoutEffect(() => {
    latest.current = act;
  });
  return useCallback((...given: A) => latest.current(...given), []);
}
