import { Button } from '@mantine/core';
import { IconArrowBackUp, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { parseReference, repositoryKey } from '../../../../contract/reference.ts';
import type { Task, TaskResult } from '../../../../contract/task.ts';
import { client } from '../../../connection/client.ts';
import { useMirror } from '../../../connection/mirror.ts';
import { isRunning } from '../../../connection/use-task.ts';
import { attempt } from '../../../desk/attempt.ts';
import { cancelTask, startTasks } from '../../../desk/start-task.ts';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { bytesOf, count, listedUpTo } from '../../../ui/format.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Ring } from '../../../ui/Ring.tsx';

type Props = { registry: string; repository: string; onRemove(tags: string[]): void };

/** What was last put together or taken apart in a repository, and the way back. */
export function ListNote({ registry, repository, onRemove }: Props) {
  const task = useMirror((mirror) => mirror.tasks.findLast((one) => isOf(one, repositoryKey({ registry, repository }))));
  if (!task) return null;
  if (isRunning(task)) return <Running task={task} />;
  if (task.failure) return <FailureNote failure={task.failure}>{<Dismiss task={task} />}</FailureNote>;
  const { result } = task;
  if (result?.kind === 'put-together') {
    const { reference, digest, from, platforms } = result;
    const moved = from === undefined || from === digest ? [] : [{ reference, digest, from }];
    const made = from === undefined ? [parseReference(reference).tag ?? 'latest'] : [];
    return (
      <Done
        title={`${reference} has ${count(platforms.length, 'platform')} now: ${listedUpTo(platforms, 5)}`}
        moved={moved}
        made={made}
        task={task}
        onRemove={onRemove}
      />
    );
  }
  return result?.kind === 'take-apart' ? <Apart result={result} task={task} onRemove={onRemove} /> : null;
}

function isOf({ request }: Task, key: string): boolean {
  if (request.kind === 'put-together') return repositoryKey(parseReference(request.into)) === key;
  return request.kind === 'take-apart' && repositoryKey(request) === key;
}

type ApartProps = { result: TaskResult & { kind: 'take-apart' }; task: Task; onRemove(tags: string[]): void };

function Apart({ result: { registry, repository, put, refused }, task, onRemove }: ApartProps) {
  const moved = put.flatMap(({ tag, digest, from }) =>
    from === undefined || from === digest ? [] : [{ reference: `${registry}/${repository}:${tag}`, digest, from }],
  );
  const made = put.flatMap(({ tag, from }) => (from === undefined ? [tag] : []));
  const title = `${count(put.length, 'tag')} put: ${listedUpTo(put.map(({ tag }) => tag))}`;
  return (
    <Done title={title} moved={moved} made={made} task={task} onRemove={onRemove} isPartly={refused.length > 0}>
      {refused.slice(0, 20).map(({ tag, failure }) => (
        <p key={tag}>
          <span className="strong">{tag}</span> was not put: {failure.title}.
        </p>
      ))}
    </Done>
  );
}

type DoneProps = {
  title: string;
  moved: { reference: string; digest: string; from: string }[];
  made: string[];
  task: Task;
  onRemove(tags: string[]): void;
  isPartly?: boolean;
  children?: ReactNode;
};

function Done({ title, moved, made, task, onRemove, isPartly = false, children }: DoneProps) {
  const moveBack = () => {
    void startTasks(moved.map(({ reference, digest, from }) => ({ kind: 'move-registry-tag', reference, to: from, from: digest })));
    dismiss(task);
  };
  return (
    <div role="status">
      <Notice tone={isPartly ? 'warn' : 'quiet'} title={title}>
        {children}
        <div className="row">
          {moved.length > 0 && (
            <Button size="compact-sm" leftSection={<IconArrowBackUp size={14} stroke={1.7} />} onClick={moveBack}>
              {moved.length === 1 ? 'Move it back' : 'Move them back'}
            </Button>
          )}
          {made.length > 0 && (
            <Button size="compact-sm" leftSection={<IconTrash size={14} stroke={1.7} />} onClick={() => onRemove(made)}>
              {made.length === 1 ? 'Remove it again…' : 'Remove them again…'}
            </Button>
          )}
          <Dismiss task={task} />
        </div>
      </Notice>
    </div>
  );
}

function Running({ task: { id, kind, progress } }: { task: Task }) {
  const { fraction, bytes } = progress;
  const sent = bytes?.total ? ` · ${bytesOf(bytes.done, bytes.total)}` : '';
  return (
    <div className="row" role="status">
      <Ring {...(fraction !== undefined && { fraction })} />
      <span className="grow t2 num">{kind === 'put-together' ? `Putting the list together${sent}` : 'Putting the tags'}</span>
      <Button size="xs" onClick={() => void cancelTask(id)}>
        Stop
      </Button>
    </div>
  );
}

const dismiss = ({ id }: Task): unknown => void attempt(() => client.tasks.dismiss({ id }));

const Dismiss = ({ task }: { task: Task }) => (
  <Button size="compact-sm" variant="subtle" onClick={() => dismiss(task)}>
    Close this note
  </Button>
);
