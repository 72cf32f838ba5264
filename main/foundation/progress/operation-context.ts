import type { LogLine, Progress } from '../../../contract/task.ts';

/** What the task runner gives to an operation: everything it may do besides its own work. */
export type OperationContext = {
  /** The task's id; an operation stores whatever it stores under this id. */
  id: string;
  /** Aborted when the person cancels; the operation then releases everything it holds and rejects. */
  signal: AbortSignal;
  /** May be called as often as there is news; the runner throttles. */
  report(progress: Progress): void;
  log(text: string, options?: Pick<LogLine, 'step' | 'isError'>): void;
};
