import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds between two glimpses. */
const usualPause = 100;

/**
 * Batches of things that may come faster than anybody looks: what came meanwhile at once, and of more than `most` the last ones. `first` is
 * the number of the first one given, counted from 1 through all that came. What came first is given at once.
 */
export async function* inGlimpses<T>(
  batches: AsyncIterable<readonly T[]>,
  most: number,
  pause = usualPause,
): AsyncGenerator<{ first: number; items: T[] }> {
  let items: T[] = [];
  let count = 0;
  let hasEnded = false;
  let wake = () => {};
  const readAll = async () => {
    try {
      for await (const batch of batches) {
        count += batch.length;
        items = items.concat(batch).slice(-most);
        wake();
      }
    } finally {
      hasEnded = true;
      wake();
    }
  };
  const reading = readAll();
  reading.catch(() => {}); // thrown below
  for (;;) {
    if (items.length > 0) {
      const glimpse = { first: count - items.length + 1, items };
      items = [];
      yield glimpse;
      if (!hasEnded) await wait(pause);
    } else if (hasEnded) return await reading;
    else
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  }
}
