import { useEffect, useState } from 'react';

/** The current time, updated at an interval; `undefined` stops the clock. */
export function useNow(everyMilliseconds: number | undefined): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (everyMilliseconds === undefined) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMilliseconds);
    return () => clearInterval(timer);
  }, [everyMilliseconds]);
  return now;
}
