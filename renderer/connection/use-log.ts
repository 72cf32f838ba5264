import { useEffect, useEffectEvent, useState } from 'react';
import type { LogLine } from '../../contract/task.ts';

/** How many lines of a log the window keeps, from its end. */
const keptLines = 20_000;

/** A log that grows while something runs; only the end of a very long one. It is followed anew whenever `start` changes. */
export function useLog(start: string, follow: (signal: AbortSignal) => Promise<AsyncIterable<LogLine[]>>): LogLine[] {
  const [known, setKnown] = useState<{ start: string; lines: LogLine[] }>();
  const followNow = useEffectEvent(follow);
  useEffect(() => {
    const stop = new AbortController();
    // what starts anew has another log
    void readAll(followNow, stop.signal, (batch) =>
      setKnown((before) => ({ start, lines: withBatch(before?.start === start ? before.lines : none, batch) })),
    );
    return () => stop.abort();
  }, [start]);
  return known?.start === start ? known.lines : none;
}

const none: LogLine[] = [];

function withBatch(before: LogLine[], batch: LogLine[]): LogLine[] {
  const last = before.at(-1);
  // main left out lines that came too fast, or sends the log from its start: begin again, with no gap and nothing twice
  if (last && batch[0]?.number !== last.number + 1) return batch;
  const all = before.concat(batch);
  return all.length > keptLines * 1.25 ? all.slice(-keptLines) : all;
}

async function readAll(
  follow: (signal: AbortSignal) => Promise<AsyncIterable<LogLine[]>>,
  signal: AbortSignal,
  add: (batch: LogLine[]) => void,
): Promise<void> {
  try {
    for await (const batch of await follow(signal)) {
      if (signal.aborted) return;
      add(batch);
    }
  } catch (error) {
    // leaving the page aborts, and what went away has no log: neither is a failure
    if (!signal.aborted) console.debug('No log', error);
  }
}
