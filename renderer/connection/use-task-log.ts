import type { LogLine } from '../../contract/task.ts';
import { client } from './client.ts';
import { useLog } from './use-log.ts';

/** A task's log, growing while the task runs. */
export const useTaskLog = (id: string): LogLine[] => useLog(id, (signal) => client.tasks.log({ id, after: 0 }, { signal }));
