import { Tabs } from '@mantine/core';
import { useState } from 'react';
import type { BuildStep } from '../../contract/build.ts';
import type { LogLine, Task } from '../../contract/task.ts';
import { copyText } from '../connection/copy-text.ts';
import { isRunning } from '../connection/use-task.ts';
import { LogPane } from '../ui/LogPane.tsx';
import c from './BuildPage.module.css';
import { DockerfileView } from './DockerfileView.tsx';
import { FailureCard } from './FailureCard.tsx';

type Props = { task: Task; marked: BuildStep | undefined; lines: LogLine[] };

/** Beside the steps: what they come from, and what they print. */
export function BuildSide({ task, marked, lines }: Props) {
  const [tab, setTab] = useState<string>('dockerfile');
  return (
    <Tabs value={tab} onChange={(next) => setTab(next ?? 'dockerfile')} className={c.side} keepMounted={false}>
      <Tabs.List className={c.sideTabs}>
        <Tabs.Tab value="dockerfile">Dockerfile</Tabs.Tab>
        <Tabs.Tab value="log">Log</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="dockerfile" className={c.panel}>
        <DockerfileView task={task} marked={marked} />
        {task.failure && <FailureCard task={task} lines={lines} onShowLog={() => setTab('log')} />}
      </Tabs.Panel>
      <Tabs.Panel value="log" className={c.panel}>
        <LogPane
          lines={lines}
          copy={() => copyText(tailThatFits(lines))}
          empty={isRunning(task) ? 'Nothing was printed yet.' : 'This build printed nothing.'}
        />
      </Tabs.Panel>
    </Tabs>
  );
}

/** The clipboard takes 100,000 characters; the end of a log is what one wants of it. */
const tailThatFits = (lines: LogLine[]): string =>
  lines
    .map(({ text }) => text)
    .join('\n')
    .slice(-100_000);
