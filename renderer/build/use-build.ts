import { useEffect, useState } from 'react';
import type { BuildRecord } from '../../contract/build-record.ts';
import type { BuildExplanation } from '../../contract/explanation.ts';
import type { Failure } from '../../contract/failure.ts';
import type { Task } from '../../contract/task.ts';
import { client } from '../connection/client.ts';
import { failureOf } from '../connection/failure-of.ts';
import { isRunning, useTask } from '../connection/use-task.ts';

export type KnownBuild = { task?: Task; record?: BuildRecord; failure?: Failure };

/** A build by its id: the task while main has it, else what the history kept. */
export function useBuild(id: string): KnownBuild {
  const task = useTask(id);
  const [kept, setKept] = useState<{ record?: BuildRecord; failure?: Failure }>({});
  const isOver = !task || !isRunning(task);
  useEffect(() => {
    if (!isOver) return;
    let isCurrent = true;
    client.build.record({ build: id }).then(
      (record) => isCurrent && setKept({ record }),
      (error) => isCurrent && setKept({ failure: failureOf(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [id, isOver]);
  const shown = task ?? kept.record?.task;
  return { ...kept, ...(shown && { task: shown }) };
}

/** Why steps of a build were built again. Asked for when the first one was, and once more at the end. */
export function useExplanation(task: Task): BuildExplanation | undefined {
  const [explanation, setExplanation] = useState<BuildExplanation>();
  const { id } = task;
  const steps = task.progress.build?.steps ?? [];
  const hasRebuilt = steps.some(
    ({ number, state, instruction }) => number !== undefined && state === 'built' && !/^FROM\b/i.test(instruction),
  );
  const moment = isRunning(task) ? (hasRebuilt ? 'first' : 'none') : 'end';
  useEffect(() => {
    if (moment === 'none') return;
    let isCurrent = true;
    client.build.explain({ build: id }).then(
      (answer) => isCurrent && setExplanation(answer),
      // a build that is too young or too old to be known is simply not explained
      () => isCurrent && setExplanation(undefined),
    );
    return () => {
      isCurrent = false;
    };
  }, [id, moment]);
  return explanation;
}
