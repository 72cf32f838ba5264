import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { Failure } from '../../../../contract/failure.ts';
import type { Task, TaskResult } from '../../../../contract/task.ts';
import { client } from '../../../connection/client.ts';
import { useMirror } from '../../../connection/mirror.ts';
import { isRunning } from '../../../connection/use-task.ts';
import { attempt } from '../../../desk/attempt.ts';
import { cancelTask, startTask } from '../../../desk/start-task.ts';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { Folded } from '../../../ui/Folded.tsx';
import { count, listedUpTo } from '../../../ui/format.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Ring } from '../../../ui/Ring.tsx';

type Props = { registry: string; repository: string };

/** What the last removal in a repository did, what stayed and why, and the way back. */
export function RemovedNote({ registry, repository }: Props) {
  const task = useMirror((mirror) => mirror.tasks.findLast((one) => isOf(one, registry, repository)));
  const back = useMirror((mirror) =>
    mirror.tasks.findLast(({ request }) => request.kind === 'put-back-registry-tags' && request.removal === task?.id),
  );
  if (!task) return null;
  if (isRunning(task)) return <Running task={task} />;
  if (task.failure) return <FailureNote failure={task.failure}>{<Dismiss task={task} />}</FailureNote>;
  if (task.result?.kind !== 'remove-registry-tags') return null;
  if (back?.result?.kind === 'put-back-registry-tags') return <Back result={back.result} task={task} />;
  const { removed, unasked, refused } = task.result;
  return (
    <div role="status">
      <Notice
        tone={refused.length + unasked.length > 0 ? 'warn' : 'quiet'}
        title={`${count(removed.length, 'tag')} removed: ${listedUpTo(removed.map(({ tag }) => tag))}`}
      >
        {unasked.length > 0 && <p>The registry let {listedUpTo(unasked)} go as well, although it wasn’t asked to.</p>}
        <Refused refused={refused} />
        {back?.failure && <FailureNote failure={back.failure} />}
        <div className="row">
          <Button
            size="compact-sm"
            disabled={back !== undefined && isRunning(back)}
            leftSection={<IconArrowBackUp size={14} stroke={1.7} />}
            onClick={() => void startTask({ kind: 'put-back-registry-tags', removal: task.id })}
          >
            {removed.length === 1 ? 'Put it back' : 'Put them back'}
          </Button>
          <Dismiss task={task} />
        </div>
      </Notice>
    </div>
  );
}

const isOf = ({ request }: Task, registry: string, repository: string): boolean =>
  request.kind === 'remove-registry-tags' && request.registry === registry && request.repository === repository;

function Running({ task }: { task: Task }) {
  const { phase, fraction } = task.progress;
  return (
    <div className="row" role="status">
      <Ring {...(fraction !== undefined && { fraction })} />
      <span className="grow t2">{phase === 'removing' ? 'Removing the tags' : 'Looking where the tags lead now'}</span>
      <Button size="xs" onClick={() => void cancelTask(task.id)}>
        Stop
      </Button>
    </div>
  );
}

const Back = ({ result: { restored, refused }, task }: { result: TaskResult & { kind: 'put-back-registry-tags' }; task: Task }) => (
  <div role="status">
    <Notice tone={refused.length > 0 ? 'warn' : 'quiet'} title={`${count(restored.length, 'tag')} put back`}>
      <Refused refused={refused} />
      <Dismiss task={task} />
    </Notice>
  </div>
);

const Refused = ({ refused }: { refused: { tag: string; failure: Failure }[] }) =>
  refused.length > 0 && (
    <Folded summary={`${count(refused.length, 'tag')} stayed as ${refused.length === 1 ? 'it was' : 'they were'}`}>
      <ul>
        {refused.slice(0, 100).map(({ tag, failure }) => (
          <li key={tag}>
            <span className="strong">{tag}</span>: {failure.title}.
          </li>
        ))}
      </ul>
    </Folded>
  );

const Dismiss = ({ task }: { task: Task }) => (
  <Button size="compact-sm" variant="subtle" onClick={() => void attempt(() => client.tasks.dismiss({ id: task.id }))}>
    Close this note
  </Button>
);
