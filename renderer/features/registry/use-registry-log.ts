import { useEffect, useState } from 'react';
import type { LocalRegistry } from '../../../contract/registry.ts';
import type { LogLine } from '../../../contract/task.ts';
import { client } from '../../connection/client.ts';

/** How many lines the window keeps, from the end. */
const keptLines = 5000;

/** The registry's log, growing while it runs; begun anew when it starts again. */
export function useRegistryLog(registry: Extract<LocalRegistry, { containerId: string }>): LogLine[] {
  const [lines, setLines] = useState<LogLine[]>([]);
  const since = `${registry.containerId} ${registry.state === 'running' ? registry.startedAt : registry.state}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a registry that starts or ends has another log
  useEffect(() => {
    const stop = new AbortController();
    setLines([]);
    void followLog(stop.signal, (batch) => setLines((before) => before.concat(batch).slice(-keptLines)));
    return () => stop.abort();
  }, [since]);
  return lines;
}

async function followLog(signal: AbortSignal, add: (batch: LogLine[]) => void): Promise<void> {
  try {
    for await (const batch of await client.localRegistry.log(undefined, { signal })) {
      if (signal.aborted) return;
      add(batch);
    }
  } catch (error) {
    // leaving the page aborts, and a registry that went away has no log: neither is a failure
    if (!signal.aborted) console.debug('No log', error);
  }
}
