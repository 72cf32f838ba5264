import { Button, Tabs } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { BuildStep, LineRange } from '../../../contract/build.ts';
import type { BuildExplanation } from '../../../contract/explanation.ts';
import type { LogLine, Task } from '../../../contract/task.ts';
import { isRunning } from '../../connection/use-task.ts';
import { AdvicePanel } from './AdvicePanel.tsx';
import { BuildLog, saveWholeLog } from './BuildLog.tsx';
import c from './BuildPage.module.css';
import { DockerfileView } from './DockerfileView.tsx';
import { FailureCard } from './FailureCard.tsx';
import { FirstBuildCard } from './why/FirstBuildCard.tsx';
import { WhyCard } from './why/WhyCard.tsx';

type Props = {
  task: Task;
  marked: BuildStep | undefined;
  lines: LogLine[];
  explanation: BuildExplanation | undefined;
  /** The step to explain: why it was built again. */
  asked: BuildStep | undefined;
  onAnswered(): void;
};

/** Beside the steps: what they come from, what they print, and what could be better. */
export function BuildSide({ task, marked, lines, explanation, asked, onAnswered }: Props) {
  const [tab, setTab] = useState<string>('dockerfile');
  // the explanation appears beside the line that it is about
  useEffect(() => {
    if (asked) setTab('dockerfile');
  }, [asked]);
  const [isFirstClosed, setFirstClosed] = useState(false);
  const isFirstShown = task.result?.kind === 'build' && !isFirstClosed;
  const steps = task.progress.build?.steps ?? [];
  // until another step is chosen
  const [advised, setAdvised] = useState<{ lines: LineRange; step: string | undefined }>();
  const showLines = (first: number, last: number) => {
    setAdvised({ lines: { first, last }, step: marked?.id });
    setTab('dockerfile');
  };
  return (
    <Tabs value={tab} onChange={(next) => setTab(next ?? 'dockerfile')} className={c.side} keepMounted={false}>
      <Tabs.List className={c.sideTabs}>
        <Tabs.Tab value="dockerfile">Dockerfile</Tabs.Tab>
        <Tabs.Tab value="log">Log</Tabs.Tab>
        <Tabs.Tab value="advice">Advice</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="dockerfile" className={c.panel}>
        <DockerfileView task={task} marked={marked} advised={advised?.step === marked?.id ? advised?.lines : undefined} />
        {asked && explanation ? (
          <WhyCard build={task.id} isOver={!isRunning(task)} step={asked} steps={steps} explanation={explanation} onClose={onAnswered} />
        ) : task.failure ? (
          <FailureCard task={task} lines={lines} onShowLog={() => setTab('log')} />
        ) : (
          isFirstShown && <FirstBuildCard task={task} explanation={explanation} onClose={() => setFirstClosed(true)} />
        )}
      </Tabs.Panel>
      <Tabs.Panel value="advice" className={c.panel}>
        <AdvicePanel build={task.id} onShowLines={showLines} />
      </Tabs.Panel>
      <Tabs.Panel value="log" className={c.panel}>
        <BuildLog
          lines={lines}
          marked={marked}
          isRunning={isRunning(task)}
          isLost={task.failure?.kind === 'interrupted'}
          save={
            <Button size="xs" disabled={isRunning(task)} onClick={() => void saveWholeLog(task.id)}>
              Save…
            </Button>
          }
        />
      </Tabs.Panel>
    </Tabs>
  );
}
