import { useState } from 'react';
import type { BuildExplanation } from '../../../contract/explanation.ts';
import type { Failure } from '../../../contract/failure.ts';
import type { Task } from '../../../contract/task.ts';
import { client } from '../../connection/client.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { isRunning, useBuildTask } from '../../connection/use-task.ts';
import { useOrigin } from './use-origin.ts';

/** A build by its id: the task while main has it, otherwise what the history kept. */
export function useBuild(id: string): { task?: Task; failure?: Failure } {
  const task = useBuildTask(id);
  // one of another tool leaves the running ones a moment before the history has answered
  const [last, setLast] = useState(task);
  if (task && task !== last) setLast(task);
  const isOver = !task || !isRunning(task);
  const { answer, failure } = useAsked(isOver ? id : undefined, (signal) => client.build.record({ build: id }, { signal }));
  const gone = !failure && last?.id === id ? last : undefined;
  return { task: task ?? answer?.task ?? gone, failure };
}

/** Why steps of a build were built again. Main is asked when the first one was, and once more at the end. */
export function useExplanation(task: Task): BuildExplanation | undefined {
  const { id } = task;
  const steps = task.progress.build?.steps ?? [];
  const hasRebuilt = steps.some(
    ({ number, state, instruction }) => number !== undefined && state === 'built' && !/^FROM\b/i.test(instruction),
  );
  // of what another tool builds, what it is made from is known at its end
  const isOwn = useOrigin(id) === undefined;
  const moment = isRunning(task) ? (hasRebuilt && isOwn ? 'first' : 'none') : 'end';
  const question = moment === 'none' ? undefined : id;
  // a build too young or too old to be known is simply not explained
  return useAsked(question, (signal) => client.build.explain({ build: id }, { signal }), { since: moment }).answer;
}
