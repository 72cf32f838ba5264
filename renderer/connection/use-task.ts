import type { Task } from '../../contract/task.ts';
import { useMirror } from './mirror.ts';

export const useTask = (id: string | undefined): Task | undefined => useMirror((mirror) => mirror.tasks.find((task) => task.id === id));

export const isRunning = (task: Task): boolean => task.state === 'queued' || task.state === 'running';
