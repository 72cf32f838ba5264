import type { Task } from '../../../contract/task.ts';
import { interrupted } from '../../foundation/failures/interrupted.ts';
import type { KeptBuild } from './kept-build.ts';

/** Whether a build was still running when it was last stored. */
export const isUnfinished = ({ state }: Pick<Task, 'state'>): boolean => state === 'running' || state === 'queued';

/** Marks a build whose end nobody saw as failed. When it ended is unknown, so no duration is given. */
export const markInterrupted = (build: KeptBuild): KeptBuild => ({
  ...build,
  task: { ...build.task, state: 'failed', failure: interrupted },
});
