import type { LogLine, Progress } from '../../contract/task.ts';

/** What the task runner hands to an operation; all that an operation may do besides its own work. */
export type OperationContext = {
  /** The task's id: what an operation keeps of itself, it keeps under it. */
  id: string;
  /** Aborted by the user; an operation lets go of everything it holds and rejects. */
  signal: AbortSignal;
  /** May be called as often as facts come in; the runner throttles. */
  report(progress: Progress): void;
  log(text: string, options?: Pick<LogLine, 'step' | 'isError'>): void;
};
