import type { TaskKind, TaskRequest } from '../../contract/task.ts';
import { openPage, showActivity } from '../ui/navigation.ts';
import { attempt } from './attempt.ts';
import { buildAgain } from './build-again.ts';
import { client } from './client.ts';

const pages: Partial<Record<TaskKind, string>> = {
  build: 'build',
  pull: 'task',
  push: 'task',
  copy: 'task',
  save: 'task',
  load: 'task',
  import: 'task',
};

/** The page that shows a task of a kind; the short ones have none. */
export const pageOfTask = (kind: TaskKind): string | undefined => pages[kind];

/** Starts a task and shows it where it has a page. False where main refused. */
export async function startTask(request: TaskRequest): Promise<boolean> {
  const started = await attempt(() => client.tasks.start(request));
  const page = pageOfTask(request.kind);
  if (started && page) openPage(page, started.id);
  return started !== undefined;
}

/** Starts several at once and shows them together. */
export async function startTasks(requests: TaskRequest[]): Promise<boolean> {
  const [only] = requests;
  if (requests.length === 1 && only) return startTask(only);
  const started = await Promise.all(requests.map((request) => attempt(() => client.tasks.start(request))));
  showActivity(true);
  return started.some(Boolean);
}

/** Does a task once more and shows the new one. A build is asked about where its names would move. */
export async function retryTask(id: string, kind: TaskKind): Promise<void> {
  if (kind === 'build') return buildAgain(id);
  const started = await attempt(() => client.tasks.retry({ id }));
  const page = pageOfTask(kind);
  if (started && page) openPage(page, started.id);
}

export const cancelTask = (id: string): Promise<unknown> => attempt(() => client.tasks.cancel({ id }));
