import { useEffect, useState } from 'react';
import type { LogLine } from '../../contract/task.ts';
import { client } from './client.ts';

/** How many lines of a log the window keeps, from its end. */
const keptLines = 20_000;

/** A task's log, growing while the task runs; only the end of a very long one. */
export function useTaskLog(id: string): LogLine[] {
  const [lines, setLines] = useState<LogLine[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    setLines([]);
    void followLog(id, stop.signal, (batch) => setLines((before) => withBatch(before, batch)));
    return () => stop.abort();
  }, [id]);
  return lines;
}

function withBatch(before: LogLine[], batch: LogLine[]): LogLine[] {
  const last = before.at(-1);
  // main left out lines that came too fast, or sends the log from its start: begin again, with no gap and nothing twice
  if (last && batch[0]?.number !== last.number + 1) return batch;
  const all = before.concat(batch);
  return all.length > keptLines * 1.25 ? all.slice(-keptLines) : all;
}

async function followLog(id: string, signal: AbortSignal, add: (batch: LogLine[]) => void): Promise<void> {
  try {
    for await (const batch of await client.tasks.log({ id, after: 0 }, { signal })) {
      if (signal.aborted) return;
      add(batch);
    }
  } catch (error) {
    // leaving the page aborts, and a task that main forgot has no log: neither is a failure
    if (!signal.aborted) console.debug('No log', error);
  }
}
