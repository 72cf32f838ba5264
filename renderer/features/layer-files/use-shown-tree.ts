import { useEffect, useSyncExternalStore } from 'react';
import { useKept } from '../../connection/use-kept.ts';
import type { AnyRow } from './tree-layout.ts';
import type { SeenTree } from './tree-reader.ts';

/** Has a tree read. While it is read, the one before stays. */
export function useShownTree<Row extends AnyRow>(next: Omit<SeenTree<Row>, 'seen'>): { next: SeenTree<Row>; shown: SeenTree<Row> } {
  useEffect(() => {
    next.reader.start();
    return () => next.reader.stop();
  }, [next]);
  const seen = useSyncExternalStore(next.reader.subscribe, next.reader.seen);
  const whole = { ...next, seen };
  const isKnown = seen.isReady || seen.failure;
  const kept = useKept('tree', isKnown ? seen : undefined);
  const keptReader = useKept('reader', isKnown ? next : undefined);
  return { next: whole, shown: kept && keptReader ? { ...keptReader, seen: kept } : whole };
}
