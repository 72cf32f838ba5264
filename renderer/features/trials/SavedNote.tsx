import { Button } from '@mantine/core';
import type { Task } from '../../../contract/task.ts';
import { client } from '../../connection/client.ts';
import { useMirror } from '../../connection/mirror.ts';
import { isRunning } from '../../connection/use-task.ts';
import { attempt } from '../../desk/attempt.ts';
import { openPage } from '../../desk/navigation.ts';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Ring } from '../../ui/Ring.tsx';
import c from './Trials.module.css';

/** How the last image that is made of a trial is going, or where it is. */
export function SavedNote({ container }: { container: string }) {
  const task = useMirror((mirror) => mirror.tasks.findLast(({ request }) => request.kind === 'commit' && request.container === container));
  if (!task || task.state === 'cancelled') return null;
  return (
    <div className={c.where}>
      <Note task={task} />
    </div>
  );
}

function Note({ task }: { task: Task }) {
  const { failure, result, id, title } = task;
  if (isRunning(task)) {
    return (
      <p className="row t2" role="status">
        <Ring size={14} /> {title}
      </p>
    );
  }
  const close = (
    <Button size="compact-sm" variant="subtle" onClick={() => void attempt(() => client.tasks.dismiss({ id }))}>
      Close this note
    </Button>
  );
  if (failure) return <FailureNote failure={failure}>{close}</FailureNote>;
  if (result?.kind !== 'commit') return null;
  return (
    <div role="status">
      <Notice tone="quiet" title={`Saved as ${result.reference}`}>
        <div className="row">
          <Button size="compact-sm" onClick={() => openPage({ page: 'image', id: result.imageId })}>
            Show the image
          </Button>
          {close}
        </div>
      </Notice>
    </div>
  );
}
