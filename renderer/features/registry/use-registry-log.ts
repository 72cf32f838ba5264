import type { LocalRegistry } from '../../../contract/registry.ts';
import type { LogLine } from '../../../contract/task.ts';
import { client } from '../../connection/client.ts';
import { useLog } from '../../connection/use-log.ts';

/** The registry's log, growing while it runs; begun anew when it starts again. */
export function useRegistryLog(registry: Extract<LocalRegistry, { containerId: string }>): LogLine[] {
  const since = `${registry.containerId} ${registry.state === 'running' ? registry.startedAt : registry.state}`;
  return useLog(since, (signal) => client.localRegistry.log(undefined, { signal }));
}
