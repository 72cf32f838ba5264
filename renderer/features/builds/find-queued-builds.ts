import type { BuildSummary } from '../../../contract/build-record.ts';
import type { Task } from '../../../contract/task.ts';

/** Builds that wait for their turn, newest first: the history learns of a build only when it begins. */
export function findQueuedBuilds(tasks: readonly Task[]): BuildSummary[] {
  return tasks
    .flatMap(({ id, request, state, createdAt }): BuildSummary[] => {
      if (request.kind !== 'build' || state !== 'queued') return [];
      const { references, dockerfile } = request;
      return [{ id, references, dockerfile, state, createdAt, folder: { name: '', path: '' }, steps: 0, cachedSteps: 0 }];
    })
    .toReversed();
}
