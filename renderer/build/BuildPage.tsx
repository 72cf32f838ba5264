import { Button } from '@mantine/core';
import { useState } from 'react';
import type { BuildStep } from '../../contract/build.ts';
import type { Task } from '../../contract/task.ts';
import { isRunning, useTask } from '../connection/use-task.ts';
import { useTaskLog } from '../connection/use-task-log.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { openPage } from '../ui/navigation.ts';
import { BuildHead } from './BuildHead.tsx';
import c from './BuildPage.module.css';
import { BuildSide } from './BuildSide.tsx';
import { StepTree } from './StepTree.tsx';

export function BuildPage({ id }: { id: string }) {
  const task = useTask(id);
  if (!task) {
    return (
      <EmptyState isPage title="This build is gone" actions={<Button onClick={() => openPage('builds')}>Back to builds</Button>}>
        It was taken off the list, or Layerdeck was started anew since.
      </EmptyState>
    );
  }
  return <Build key={id} task={task} />;
}

/** A build as it goes on: steps left, the Dockerfile or the log right. */
function Build({ task }: { task: Task }) {
  const lines = useTaskLog(task.id);
  const [chosen, setChosen] = useState<string>();
  const steps = task.progress.build?.steps ?? [];
  const marked = steps.find((step) => step.id === chosen) ?? currentStep(steps);
  return (
    <div className="page" data-state={task.state}>
      <BuildHead task={task} />
      <div className={c.split}>
        <StepTree steps={steps} isOver={!isRunning(task)} selected={marked?.id} onSelect={setChosen} lines={lines} />
        <BuildSide task={task} marked={marked} lines={lines} />
      </div>
    </div>
  );
}

/** Where one would look: what failed, or else what runs. */
const currentStep = (steps: BuildStep[]): BuildStep | undefined =>
  steps.find(({ state }) => state === 'failed') ?? steps.findLast(({ state }) => state === 'running');
