import { Button } from '@mantine/core';
import type { Task } from '../../../../contract/task.ts';
import { client } from '../../../connection/client.ts';
import { useMirror } from '../../../connection/mirror.ts';
import { isRunning } from '../../../connection/use-task.ts';
import { attempt } from '../../../desk/attempt.ts';
import { cancelTask } from '../../../desk/start-task.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { Ring } from '../../../ui/Ring.tsx';
import c from '../backup/backup.module.css';
import { storedWords, storingWords } from './storage-words.ts';

/** How it goes that the registry keeps its images somewhere else, or how it ended; a failure is shown above the card. */
export function StorageNote() {
  const task = useMirror(({ tasks }) => tasks.findLast(({ kind }) => kind === 'store-registry'));
  if (!task) return null;
  if (isRunning(task)) return <Running task={task} />;
  if (task.result?.kind !== 'store-registry') return null;
  const { title, detail } = storedWords(task.result);
  return (
    <div role="status">
      <Notice tone={task.result.copied?.damaged ? 'warn' : 'quiet'} title={title}>
        <p>{detail}</p>
        <Button size="compact-sm" variant="subtle" onClick={() => void attempt(() => client.tasks.dismiss({ id: task.id }))}>
          Close this note
        </Button>
      </Notice>
    </div>
  );
}

function Running({ task }: { task: Task }) {
  const { fraction, phase } = task.progress;
  return (
    <div className="row">
      {fraction === undefined && <Ring />}
      <span className="t2 num">{storingWords(task)}</span>
      {fraction !== undefined && <ProgressBar className={c.bar} fraction={fraction} label={task.title} />}
      {phase === 'copying' && (
        <Button size="xs" onClick={() => void cancelTask(task.id)}>
          Stop
        </Button>
      )}
    </div>
  );
}
