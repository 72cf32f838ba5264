import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconChevronRight, IconPlayerStopFilled, IconX } from '@tabler/icons-react';
import type { Task } from '../../../contract/task.ts';
import { client } from '../../connection/client.ts';
import { isRunning } from '../../connection/use-task.ts';
import { attempt } from '../../desk/attempt.ts';
import { openPage, showActivity } from '../../desk/navigation.ts';
import { useEngineName } from '../../desk/shown-engines.ts';
import { cancelTask, retryTask, routeOfTask } from '../../desk/start-task.ts';
import { iconOf } from '../../desk/states.ts';
import { Folded } from '../../ui/Folded.tsx';
import { clockTime } from '../../ui/format.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { StateIcon } from '../../ui/StateIcon.tsx';
import c from './ActivityPanel.module.css';
import { describeProgress } from './describe-progress.ts';
import { describeResult } from './describe-result.ts';

export function TaskItem({ task, now }: { task: Task; now: number }) {
  const { state, title, progress, failure } = task;
  const engine = useEngineName(task.at);
  return (
    <li className={c.item} data-state={state} aria-label={title}>
      <span className={c.icon}>
        <StateIcon state={iconOf(state)} fraction={progress.fraction} />
      </span>
      <div className="grow">
        <TitleLink task={task} />
        <p className={`${c.line} num`}>
          {engine ? `On ${engine} · ` : ''}
          {describeTask(task, now)}
        </p>
        {state === 'running' && progress.fraction !== undefined && (
          <ProgressBar className={c.bar} fraction={progress.fraction} label={title} />
        )}
        {state === 'failed' && <NextSteps task={task} />}
        {failure?.cause && (
          <div className={c.cause}>
            <Folded summary="Details">
              <code>{failure.cause}</code>
            </Folded>
          </div>
        )}
      </div>
      <Tools task={task} />
    </li>
  );
}

/** What a task is doing or has done, in one line. */
function describeTask(task: Task, now: number): string {
  switch (task.state) {
    case 'queued':
      return 'Waiting for other tasks to finish';
    case 'running':
      return describeProgress(task, now);
    case 'succeeded':
      return describeResult(task, now);
    case 'cancelled':
      return `Stopped · ${clockTime(task.endedAt ?? task.createdAt, now)}`;
    case 'failed':
      return task.failure ? `${task.failure.title}. ${task.failure.hint ?? task.failure.detail}` : 'It failed';
  }
}

function TitleLink({ task: { id, kind, title } }: { task: Task }) {
  const route = routeOfTask(kind, id);
  if (!route) return <p className={c.title}>{title}</p>;
  const open = () => {
    showActivity(false);
    openPage(route);
  };
  return (
    <button type="button" className={`${c.title} ${c.open}`} onClick={open}>
      {title}
      <IconChevronRight size={14} stroke={1.8} aria-hidden />
    </button>
  );
}

const NextSteps = ({ task: { id, kind } }: { task: Task }) => (
  <div className={c.next}>
    <Button size="xs" onClick={() => void retryTask(id, kind)}>
      Try again
    </Button>
  </div>
);

function Tools({ task }: { task: Task }) {
  const { id, title } = task;
  if (isRunning(task)) {
    return (
      <Tooltip label="Stop">
        <ActionIcon size={26} aria-label={`Stop ${title}`} onClick={() => void cancelTask(id)}>
          <IconPlayerStopFilled size={14} />
        </ActionIcon>
      </Tooltip>
    );
  }
  return (
    <Tooltip label="Remove from the list">
      <ActionIcon
        size={26}
        aria-label={`Dismiss ${title}`}
        onClick={() => void attempt(() => client.tasks.dismiss({ id }))}
        className={c.dismiss}
      >
        <IconX size={14} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}
