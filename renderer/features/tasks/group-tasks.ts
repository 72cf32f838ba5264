import type { Task } from '../../../contract/task.ts';

export type TaskGroup = { name: string; tasks: Task[] };

/** Tasks that need a person come first, then those that run, wait and have ended; the newest first. */
export function groupTasks(tasks: Task[]): TaskGroup[] {
  const newestFirst = tasks.toSorted((a, b) => (b.endedAt ?? b.createdAt) - (a.endedAt ?? a.createdAt));
  const groups: [name: string, states: Task['state'][]][] = [
    ['Needs attention', ['failed']],
    ['Running', ['running']],
    ['Waiting', ['queued']],
    ['Finished', ['succeeded', 'cancelled']],
  ];
  return groups
    .map(([name, states]) => ({ name, tasks: newestFirst.filter(({ state }) => states.includes(state)) }))
    .filter((group) => group.tasks.length > 0);
}
