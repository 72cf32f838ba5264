import { useEffect, useState } from 'react';
import type { LogLine } from '../../contract/task.ts';
import { client } from './client.ts';

/** A task's log from its beginning, growing while the task runs. */
export function useTaskLog(id: string): LogLine[] {
  const [lines, setLines] = useState<LogLine[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    setLines([]);
    void followLog(id, stop.signal, (batch) => setLines((before) => before.concat(batch)));
    return () => stop.abort();
  }, [id]);
  return lines;
}

async function followLog(id: string, signal: AbortSignal, add: (batch: LogLine[]) => void): Promise<void> {
  try {
    for await (const batch of await client.tasks.log({ id, after: 0 }, { signal })) {
      if (signal.aborted) return;
      add(batch);
    }
  } catch (error) {
    // Leaving the page aborts; a task that main forgot has no log. Neither is news.
    if (!signal.aborted) console.debug('No log', error);
  }
}
