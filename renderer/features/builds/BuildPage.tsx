import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { BuildStep } from '../../../contract/build.ts';
import type { Task } from '../../../contract/task.ts';
import { useTaskLog } from '../../connection/use-task-log.ts';
import { EmptyState } from '../../desk/EmptyState.tsx';
import { openPage } from '../../desk/navigation.ts';
import { BuildHead } from './BuildHead.tsx';
import c from './BuildPage.module.css';
import { BuildSide } from './BuildSide.tsx';
import { beginningWords } from './build-words.ts';
import { StepTree } from './StepTree.tsx';
import { useBuild, useExplanation } from './use-build.ts';

export function BuildPage({ id }: { id: string }) {
  const { task, failure } = useBuild(id);
  if (task) return <Build key={id} task={task} />;
  // the history will answer in a moment
  if (!failure) return <div className="page" aria-busy="true" />;
  return (
    <EmptyState
      isPage
      title={failure.kind === 'interrupted' ? failure.title : 'This build is gone'}
      actions={<Button onClick={() => openPage({ page: 'builds' })}>Back to builds</Button>}
    >
      {failure.detail}
    </EmptyState>
  );
}

/** A build, running or ended: its steps on the left; the Dockerfile, the log or advice on the right. */
function Build({ task }: { task: Task }) {
  const lines = useTaskLog(task.id);
  const explanation = useExplanation(task);
  const [chosen, setChosen] = useState<string>();
  const [asked, setAsked] = useState<string>();
  const steps = task.progress.build?.steps ?? [];
  const marked = steps.find((step) => step.id === chosen) ?? currentStep(steps);
  const explained = useMemo(() => new Set(explanation?.steps.map(({ step }) => step)), [explanation]);
  const ask = (id: string) => {
    setChosen(id);
    setAsked(id);
  };
  return (
    <div className="page" data-state={task.state}>
      <BuildHead task={task} explanation={explanation} />
      <div className={c.split}>
        <StepTree
          steps={steps}
          beginning={beginningWords(task)}
          ended={
            task.failure?.kind === 'interrupted' ? 'It isn’t known which of its steps were done.' : 'The build ended before its first step.'
          }
          state={task.state}
          selected={marked?.id}
          onSelect={setChosen}
          onWhy={ask}
          lines={lines}
          explained={explained}
        />
        <BuildSide
          task={task}
          marked={marked}
          lines={lines}
          explanation={explanation}
          asked={steps.find(({ id }) => id === asked)}
          onAnswered={() => setAsked(undefined)}
        />
      </div>
    </div>
  );
}

/** The step to look at: the one that failed, or else one that runs. */
const currentStep = (steps: BuildStep[]): BuildStep | undefined =>
  steps.find(({ state }) => state === 'failed') ?? steps.findLast(({ state }) => state === 'running');
