import type { Task, TaskKind } from '../../../contract/task.ts';
import { useMirror } from '../../connection/mirror.ts';
import { isRunning } from '../../connection/use-task.ts';

const kinds: ReadonlySet<TaskKind> = new Set([
  'start-registry',
  'stop-registry',
  'restart-registry',
  'remove-registry',
  'collect-registry',
  'store-registry',
]);
const ofCaches: ReadonlySet<TaskKind> = new Set(['start-cache', 'stop-cache', 'remove-cache']);

/** What is being done with the registry right now. */
export const useRegistryTask = (): TaskKind | undefined =>
  useMirror(({ tasks }) => tasks.find((task) => kinds.has(task.kind) && isRunning(task))?.kind);

/** What is being done with caches. */
export const useCacheTask = (): TaskKind | undefined =>
  useMirror(({ tasks }) => tasks.find((task) => ofCaches.has(task.kind) && isRunning(task))?.kind);

/** The last thing that was done with it, if it failed. */
export function useRegistryFailure(): Task | undefined {
  const last = useMirror(({ tasks }) => tasks.filter(({ kind }) => kinds.has(kind)).toSorted((a, b) => b.createdAt - a.createdAt)[0]);
  return last?.state === 'failed' ? last : undefined;
}
