import { Button } from '@mantine/core';
import { IconFolder, IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import type { Task } from '../../../contract/task.ts';
import { client } from '../../connection/client.ts';
import { isRunning } from '../../connection/use-task.ts';
import { attempt } from '../../desk/attempt.ts';
import { BackButton } from '../../desk/BackButton.tsx';
import { openPage } from '../../desk/navigation.ts';
import { PageHead } from '../../desk/PageHead.tsx';
import { useEngineName } from '../../desk/shown-engines.ts';
import { cancelTask, retryTask } from '../../desk/start-task.ts';
import c from './TransferPage.module.css';
import { describeRoute } from './transfer-words.ts';

export const TransferHead = ({ task }: { task: Task }) => (
  <PageHead
    className={c.head}
    before={<BackButton label="Back" otherwise={{ page: 'images' }} />}
    title={task.title}
    summary={<Summary task={task} />}
  >
    <Actions task={task} />
  </PageHead>
);

function Summary({ task }: { task: Task }) {
  const engine = useEngineName(task.at);
  return engine ? `${describeRoute(task)} · on ${engine}` : describeRoute(task);
}

function Actions({ task }: { task: Task }) {
  const { id, kind, state } = task;
  if (isRunning(task)) {
    return (
      <>
        <Button leftSection={<IconPlayerStop size={15} stroke={1.6} />} onClick={() => void cancelTask(id)}>
          Stop
        </Button>
        <Button onClick={() => openPage({ page: 'images' })}>Continue in the background</Button>
      </>
    );
  }
  if (state === 'succeeded' && isWritten(task)) {
    return (
      <Button
        variant="filled"
        leftSection={<IconFolder size={15} stroke={1.6} />}
        onClick={() => void attempt(() => client.files.revealSaved({ task: id }))}
      >
        Show in folder
      </Button>
    );
  }
  if (state === 'succeeded') return <Button onClick={() => openPage({ page: 'images' })}>Show images</Button>;
  return (
    <Button variant="filled" leftSection={<IconRefresh size={15} stroke={1.7} />} onClick={() => void retryTask(id, kind)}>
      Try again
    </Button>
  );
}

/** Whether the result is a file. */
const isWritten = ({ kind, request }: Task): boolean => kind === 'save' || (request.kind === 'copy' && request.to.kind === 'archive');
