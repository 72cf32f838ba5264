import { useEffect } from 'react';
import type { Task } from '../../contract/task.ts';
import { type Mirror, useMirror } from '../connection/mirror.ts';
import { useNavigation } from '../desk/navigation.ts';
import { notifyFailure } from '../ui/notify-failure.tsx';

/** Shows a toast for each task that fails out of sight. Success is quiet. */
export function useFailureToasts(): void {
  useEffect(
    () =>
      useMirror.subscribe((now, before) => {
        for (const task of newlyFailed(now, before)) if (task.failure && !isInSight(task)) notifyFailure(task.failure, task.title);
      }),
    [],
  );
}

/** Failures from before the window opened are not news. */
function newlyFailed(now: Mirror, before: Mirror): Task[] {
  if (!before.arrived || now.tasks === before.tasks) return [];
  const known = new Set(before.tasks.filter(({ state }) => state === 'failed').map(({ id }) => id));
  return now.tasks.filter(({ id, state }) => state === 'failed' && !known.has(id));
}

function isInSight({ id, kind }: Task): boolean {
  const { route, activityOpen } = useNavigation.getState();
  // shown at its button, on the page of engines and wherever an engine is missing
  if (kind === 'start-engine' && (route.page === 'engines' || useMirror.getState().engine.state === 'missing')) return true;
  // shown beside the registry
  if (route.page === 'registry' && kind.endsWith('-registry')) return true;
  // shown where the files would be
  if (kind === 'index' && (route.page === 'files' || route.page === 'compare-images' || (route.page === 'image' && route.tab === 'files')))
    return true;
  return activityOpen || ('id' in route && route.id === id);
}
