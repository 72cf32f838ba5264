import type { TaskKind, TaskRequest } from '../../contract/task.ts';
import { client } from '../connection/client.ts';
import { attempt } from './attempt.ts';
import { buildAgain } from './build-again.ts';
import { openPage, type Route, showActivity } from './navigation.ts';

const pages: Record<TaskKind, 'build' | 'task' | undefined> = {
  build: 'build',
  'clean-up': undefined,
  'bring-back': undefined,
  pull: 'task',
  push: 'task',
  copy: 'task',
  save: 'task',
  load: 'task',
  commit: undefined,
  import: 'task',
  send: 'task',
  index: undefined,
  'save-files': undefined,
  tag: undefined,
  untag: undefined,
  'move-tag': undefined,
  'move-registry-tag': undefined,
  'remove-registry-tags': undefined,
  'put-back-registry-tags': undefined,
  'put-together': undefined,
  'take-apart': undefined,
  'back-up-registry': undefined,
  'restore-registry': undefined,
  remove: undefined,
  'start-engine': undefined,
  'start-registry': undefined,
  'stop-registry': undefined,
  'restart-registry': undefined,
  'remove-registry': undefined,
  'collect-registry': undefined,
  'store-registry': undefined,
  'start-cache': undefined,
  'stop-cache': undefined,
  'remove-cache': undefined,
};

/** The page that shows a task; short tasks have none. */
export function routeOfTask(kind: TaskKind, id: string): Route | undefined {
  const page = pages[kind];
  return page && { page, id };
}

function showTask(kind: TaskKind, id: string): void {
  const route = routeOfTask(kind, id);
  if (route) openPage(route);
}

/** Starts a task on the engine at a place, or on the one in use, and shows its page, if it has one. False if main refused. */
export async function startTask(request: TaskRequest, at?: string): Promise<boolean> {
  const started = await attempt(() => client.tasks.start({ request, ...(at !== undefined && { at }) }));
  if (started) showTask(request.kind, started.id);
  return started !== undefined;
}

/** Starts several at once and shows them together. */
export async function startTasks(requests: TaskRequest[]): Promise<boolean> {
  const [only] = requests;
  if (requests.length === 1 && only) return startTask(only);
  const started = await Promise.all(requests.map((request) => attempt(() => client.tasks.start({ request }))));
  showActivity(true);
  return started.some(Boolean);
}

/** Runs a task again and shows the new one. For a build whose name has moved on, the form opens first. */
export async function retryTask(id: string, kind: TaskKind): Promise<void> {
  if (kind === 'build') return buildAgain(id);
  const started = await attempt(() => client.tasks.retry({ id }));
  if (started) showTask(kind, started.id);
}

export const cancelTask = (id: string): Promise<unknown> => attempt(() => client.tasks.cancel({ id }));
