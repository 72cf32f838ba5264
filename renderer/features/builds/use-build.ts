import type { BuildExplanation } from '../../../contract/explanation.ts';
import type { Failure } from '../../../contract/failure.ts';
import type { Task } from '../../../contract/task.ts';
import { client } from '../../connection/client.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { isRunning, useTask } from '../../connection/use-task.ts';

/** A build by its id: the task while main has it, otherwise what the history kept. */
export function useBuild(id: string): { task?: Task; failure?: Failure } {
  const task = useTask(id);
  const isOver = !task || !isRunning(task);
  const { answer, failure } = useAsked(isOver ? id : undefined, (signal) => client.build.record({ build: id }, { signal }));
  return { task: task ?? answer?.task, failure };
}

/** Why steps of a build were built again. Main is asked when the first one was, and once more at the end. */
export function useExplanation(task: Task): BuildExplanation | undefined {
  const { id } = task;
  const steps = task.progress.build?.steps ?? [];
  const hasRebuilt = steps.some(
    ({ number, state, instruction }) => number !== undefined && state === 'built' && !/^FROM\b/i.test(instruction),
  );
  const moment = isRunning(task) ? (hasRebuilt ? 'first' : 'none') : 'end';
  const question = moment === 'none' ? undefined : id;
  // a build too young or too old to be known is simply not explained
  return useAsked(question, (signal) => client.build.explain({ build: id }, { signal }), { since: moment }).answer;
}
