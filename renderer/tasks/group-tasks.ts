import type { Task } from '../../contract/task.ts';

export type TaskGroup = { name: string; tasks: Task[] };

/** What needs a person first, then what moves, what waits and what is over; the newest first. */
export function groupTasks(tasks: Task[]): TaskGroup[] {
  const newestFirst = tasks.toSorted((a, b) => (b.endedAt ?? b.createdAt) - (a.endedAt ?? a.createdAt));
  const groups: [name: string, states: Task['state'][]][] = [
    ['Needs you', ['failed']],
    ['Running', ['running']],
    ['Waiting', ['queued']],
    ['Done', ['succeeded', 'cancelled']],
  ];
  return groups
    .map(([name, states]) => ({ name, tasks: newestFirst.filter(({ state }) => states.includes(state)) }))
    .filter((group) => group.tasks.length > 0);
}
