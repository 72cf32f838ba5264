import type { Task } from '../../contract/task.ts';
import { useMirror } from './mirror.ts';

export const useTask = (id: string | undefined): Task | undefined => useMirror((mirror) => mirror.tasks.find((task) => task.id === id));

/** A build of Layerdeck's own, or one of another tool that runs. */
export const useBuildTask = (id: string): Task | undefined =>
  useMirror((mirror) => mirror.tasks.find((task) => task.id === id) ?? mirror.others.find((task) => task.id === id));

export const isRunning = (task: Task): boolean => task.state === 'queued' || task.state === 'running';
