import { useEffect } from 'react';
import type { Task } from '../../contract/task.ts';
import { type Mirror, useMirror } from '../connection/mirror.ts';
import { useNavigation } from '../ui/navigation.ts';
import { notifyFailure } from '../ui/notify-failure.tsx';

/** A toast for each task that fails while one does not look at it. Success is quiet. */
export function useFailureToasts(): void {
  useEffect(
    () =>
      useMirror.subscribe((now, before) => {
        for (const task of newlyFailed(now, before)) if (task.failure && !isInSight(task)) notifyFailure(task.failure, task.title);
      }),
    [],
  );
}

/** Failures that were there when the window opened are no news. */
export function newlyFailed(now: Mirror, before: Mirror): Task[] {
  if (!before.arrived || now.tasks === before.tasks) return [];
  const known = new Set(before.tasks.filter(({ state }) => state === 'failed').map(({ id }) => id));
  return now.tasks.filter(({ id, state }) => state === 'failed' && !known.has(id));
}

function isInSight({ id }: Task): boolean {
  const { route, activityOpen } = useNavigation.getState();
  return activityOpen || route.id === id;
}
