import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Task } from '../../contract/task.ts';
import { openDialog } from '../connection/dialogs.ts';
import { useMirror } from '../connection/mirror.ts';
import { isRunning } from '../connection/use-task.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { clockTime, count, duration, elapsed } from '../ui/format.ts';
import { formatRoute } from '../ui/navigation.ts';
import { PageHead } from '../ui/PageHead.tsx';
import { type IconState, StateIcon } from '../ui/StateIcon.tsx';
import { useNow } from '../ui/use-now.ts';
import c from './BuildsPage.module.css';
import { describeOutcome } from './build-words.ts';

const buildButton = (
  <Button variant="filled" leftSection={<IconPlus size={15} stroke={2} />} onClick={() => openDialog({ name: 'build' })}>
    Build…
  </Button>
);

/** The builds of this session, newest first. */
export function BuildsPage() {
  const tasks = useMirror((mirror) => mirror.tasks);
  const builds = useMemo(() => tasks.filter(({ kind }) => kind === 'build').toSorted((a, b) => b.createdAt - a.createdAt), [tasks]);
  const now = useNow(builds.some(isRunning) ? 1000 : 60_000);
  return (
    <div className="page">
      <PageHead title="Builds" summary={builds.length > 0 ? count(builds.length, 'build') : 'Images made from your own folders'}>
        {builds.length > 0 && buildButton}
      </PageHead>
      {builds.length === 0 ? (
        <EmptyState title="Nothing was built yet" actions={buildButton}>
          A build follows the steps in a Dockerfile and makes an image out of a folder. Choose a folder, or drop one on this window.
        </EmptyState>
      ) : (
        <ul className={`scroll ${c.list}`} aria-label="Builds">
          {builds.map((task) => (
            <BuildItem key={task.id} task={task} now={now} />
          ))}
        </ul>
      )}
    </div>
  );
}

const icons: Record<Task['state'], IconState> = {
  queued: 'waiting',
  running: 'running',
  succeeded: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
};

const BuildItem = ({ task, now }: { task: Task; now: number }) => (
  <li aria-label={task.title} data-state={task.state}>
    <a className={c.item} href={formatRoute({ page: 'build', id: task.id })}>
      <StateIcon state={icons[task.state]} fraction={task.progress.fraction} />
      <span className="grow">
        <span className={`strong cut ${c.line}`}>{task.request.kind === 'build' ? task.request.references.join(', ') : task.title}</span>
        <span className={`sm t2 cut ${c.line}`}>{describeOutcome(task)}</span>
      </span>
      <span className="num t2">{timeOf(task, now)}</span>
      <span className={`num t3 ${c.when}`}>{clockTime(task.createdAt, now)}</span>
    </a>
  </li>
);

function timeOf({ startedAt, endedAt }: Task, now: number): string {
  if (!startedAt) return '';
  return endedAt ? duration((endedAt - startedAt) / 1000) : elapsed((now - startedAt) / 1000);
}
