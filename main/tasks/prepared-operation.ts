import type { TaskRequest, TaskResult } from '../../contract/task.ts';
import type { OperationContext } from '../foundation/progress/operation-context.ts';

/** An operation with everything it needs except the engine, which may come and go until its turn. */
export type PreparedOperation = {
  title: string;
  /** Another request with the same key gets the same task while it runs. */
  sharedAs?: string;
  /** The place of the engine that it is bound to; absent if none answers. */
  at?: string | undefined;
  /** Takes only a moment, and so never queues behind long tasks. */
  isQuick?: true;
  run(context: OperationContext): Promise<TaskResult>;
};

/** `at` is the place of the engine that does it; absent for the one in use. */
export type Operations = { prepare(request: TaskRequest, at?: string): PreparedOperation };
