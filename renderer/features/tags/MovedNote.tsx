import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { TagTimeline } from '../../../contract/tag-moves.ts';
import type { Task } from '../../../contract/task.ts';
import { useMirror } from '../../connection/mirror.ts';
import { isRunning } from '../../connection/use-task.ts';
import { splitReference } from '../../desk/image-name.ts';
import { startTask } from '../../desk/start-task.ts';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { shortId } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import c from './TagsPage.module.css';

type Props = { repository: string; kind: 'move-tag' | 'move-registry-tag'; timeline: TagTimeline };

/** What the last move on this page did, and the way back; or why it didn't. */
export function MovedNote({ repository, kind, timeline }: Props) {
  const task = useMirror((mirror) => mirror.tasks.findLast((one) => isOf(one, kind, repository) && !isRunning(one)));
  if (!task) return null;
  if (task.failure)
    return (
      <div className={c.moved}>
        <FailureNote failure={task.failure} />
      </div>
    );
  if (task.result?.kind !== 'move-tag' && task.result?.kind !== 'move-registry-tag') return null;
  const { reference, to, from } = task.result;
  const { tag } = splitReference(reference);
  // it has moved on since
  if (timeline.lines.find((line) => line.tag === tag)?.now !== to) return null;
  return (
    <div className={c.moved} role="status">
      <Notice tone="quiet" title={`${tag} is ${shortId(to)} again`}>
        {from !== undefined && (
          <p className="t2">
            It was {shortId(from)} until now.{' '}
            <Button
              size="compact-sm"
              leftSection={<IconArrowBackUp size={14} stroke={1.7} />}
              onClick={() => void startTask({ kind, reference, to: from, from: to }, task.at)}
            >
              Move it back
            </Button>
          </p>
        )}
      </Notice>
    </div>
  );
}

const isOf = ({ request }: Task, kind: Props['kind'], repository: string): boolean =>
  request.kind === kind && 'reference' in request && splitReference(request.reference).repository === repository;
