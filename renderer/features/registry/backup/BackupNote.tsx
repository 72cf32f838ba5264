import { Button } from '@mantine/core';
import { IconArrowBackUp, IconFolderOpen, IconPlayerPlay } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { LeftOut } from '../../../../contract/registry-backup.ts';
import type { Task } from '../../../../contract/task.ts';
import { client } from '../../../connection/client.ts';
import { useMirror } from '../../../connection/mirror.ts';
import { isRunning } from '../../../connection/use-task.ts';
import { attempt } from '../../../desk/attempt.ts';
import { cancelTask, retryTask, startTasks } from '../../../desk/start-task.ts';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { Folded } from '../../../ui/Folded.tsx';
import { bytes, count, shortId } from '../../../ui/format.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { Ring } from '../../../ui/Ring.tsx';
import c from './backup.module.css';
import { backedUpWords, restoredWords, runningWords } from './backup-words.ts';

/** How the last backup or restore of a registry is going, or how it ended. */
export function BackupNote({ registry }: { registry: string }) {
  const task = useMirror((mirror) => mirror.tasks.findLast((one) => isOf(one, registry)));
  return <div className={c.note}>{task && <Note task={task} />}</div>;
}

const isOf = ({ request }: Task, registry: string): boolean =>
  (request.kind === 'back-up-registry' || request.kind === 'restore-registry') && request.registry === registry;

function Note({ task }: { task: Task }) {
  if (isRunning(task)) return <Running task={task} />;
  const { result, failure, kind } = task;
  const unfinished = kind === 'back-up-registry' ? 'What was read is kept beside the file.' : 'What was sent isn’t sent again.';
  if (failure) {
    return (
      <FailureNote failure={failure}>
        <p>{unfinished}</p>
        <GoOn task={task} />
      </FailureNote>
    );
  }
  if (result?.kind === 'back-up-registry') {
    return (
      <Done title={`Backed up to ${result.path.split(/[\\/]/).pop()}`} words={backedUpWords(result)} left={result.leftOut} task={task}>
        <Button
          size="compact-sm"
          leftSection={<IconFolderOpen size={14} stroke={1.7} />}
          onClick={() => void attempt(() => client.files.revealSaved({ task: task.id }))}
        >
          Show the file
        </Button>
      </Done>
    );
  }
  if (result?.kind === 'restore-registry') {
    const { stayed, moved, registry } = result;
    const moveBack = () => {
      void startTasks(
        moved.map(({ name, from, to }) => ({ kind: 'move-registry-tag', reference: `${registry}/${name}`, to: from, from: to })),
      );
      dismiss(task);
    };
    return (
      <Done title="The backup was restored" words={restoredWords(result)} left={result.leftOut} task={task}>
        {stayed.length > 0 && (
          <Names summary={`${count(stayed.length, 'tag')} stayed where ${stayed.length === 1 ? 'it was' : 'they were'}`} names={stayed} />
        )}
        {moved.length > 0 && (
          <Names
            summary={`${count(moved.length, 'tag')} moved`}
            names={moved.map(({ name, from }) => `${name} led to ${shortId(from)} before`)}
          />
        )}
        {moved.length > 0 && moved.length <= mostMovedBack && (
          <Button size="compact-sm" leftSection={<IconArrowBackUp size={14} stroke={1.7} />} onClick={moveBack}>
            {moved.length === 1 ? 'Move it back' : 'Move them back'}
          </Button>
        )}
      </Done>
    );
  }
  return (
    <Notice tone="quiet" title={kind === 'back-up-registry' ? 'The backup was stopped' : 'The restore was stopped'}>
      <p>{unfinished}</p>
      <GoOn task={task} />
    </Notice>
  );
}

function Running({ task }: { task: Task }) {
  const { fraction } = task.progress;
  return (
    <div className="row">
      {fraction === undefined && <Ring />}
      <span className="t2 num">{runningWords(task)}</span>
      {fraction !== undefined && <ProgressBar className={c.bar} fraction={fraction} label={task.title} />}
      <Button size="xs" onClick={() => void cancelTask(task.id)}>
        Stop
      </Button>
    </div>
  );
}

type DoneProps = { title: string; words: string; left: LeftOut[]; task: Task; children?: ReactNode };

const Done = ({ title, words, left, task, children }: DoneProps) => (
  <div role="status">
    <Notice tone={left.length > 0 ? 'warn' : 'quiet'} title={title}>
      <p className="num">{words}</p>
      {left.length > 0 && (
        <Names
          summary={`${count(left.length, 'thing')} ${left.length === 1 ? 'is' : 'are'} left out`}
          names={left.map(({ name, failure }) => `${name}: ${failure.title}`)}
        />
      )}
      <div className="row">
        {children}
        <Dismiss task={task} />
      </div>
    </Notice>
  </div>
);

const Names = ({ summary, names }: { summary: string; names: string[] }) => (
  <Folded summary={summary}>
    <ul>
      {names.slice(0, mostNamed).map((name) => (
        <li key={name}>{name}</li>
      ))}
      {names.length > mostNamed && <li>and {count(names.length - mostNamed, 'more', 'more')}, which are in the task’s log</li>}
    </ul>
  </Folded>
);

const mostNamed = 200;
/** Each is a task of its own. */
const mostMovedBack = 100;

const dismiss = ({ id }: Task) => void attempt(() => client.tasks.dismiss({ id }));

const GoOn = ({ task }: { task: Task }) => (
  <div className="row">
    <Button size="compact-sm" leftSection={<IconPlayerPlay size={14} stroke={1.7} />} onClick={() => void retryTask(task.id, task.kind)}>
      Go on
    </Button>
    {task.kind === 'back-up-registry' && <ThrowAway task={task} />}
    <Dismiss task={task} />
  </div>
);

/** Asks once more in place: hours of reading may be in it. */
function ThrowAway({ task: { id, progress } }: { task: Task }) {
  const [isAsking, setAsking] = useState(false);
  const read = progress.bytes?.done;
  if (!isAsking) {
    return (
      <Button size="compact-sm" onClick={() => setAsking(true)}>
        Throw it away…
      </Button>
    );
  }
  return (
    <>
      <span className="num">{read ? `${bytes(read)} that were read go for good.` : 'What was read goes for good.'}</span>
      <Button size="compact-sm" autoFocus onClick={() => setAsking(false)}>
        Keep it
      </Button>
      <Button size="compact-sm" color="red" onClick={() => void attempt(() => client.registry.throwAwayBackup({ task: id }))}>
        Throw it away
      </Button>
    </>
  );
}

const Dismiss = ({ task }: { task: Task }) => (
  <Button size="compact-sm" variant="subtle" onClick={() => dismiss(task)}>
    Close this note
  </Button>
);
