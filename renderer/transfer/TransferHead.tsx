import { Button } from '@mantine/core';
import { IconFolder, IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import type { Task } from '../../contract/task.ts';
import { attempt } from '../connection/attempt.ts';
import { client } from '../connection/client.ts';
import { cancelTask, retryTask } from '../connection/start-task.ts';
import { isRunning } from '../connection/use-task.ts';
import { BackButton } from '../ui/BackButton.tsx';
import { openPage } from '../ui/navigation.ts';
import { PageHead } from '../ui/PageHead.tsx';
import c from './TransferPage.module.css';
import { describeRoute } from './transfer-words.ts';

export const TransferHead = ({ task }: { task: Task }) => (
  <PageHead className={c.head} before={<BackButton label="Back" otherwise="images" />} title={task.title} summary={describeRoute(task)}>
    <Actions task={task} />
  </PageHead>
);

function Actions({ task }: { task: Task }) {
  const { id, kind, state } = task;
  if (isRunning(task)) {
    return (
      <>
        <Button leftSection={<IconPlayerStop size={15} stroke={1.6} />} onClick={() => void cancelTask(id)}>
          Stop
        </Button>
        <Button onClick={() => openPage('images')}>Continue in background</Button>
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
  if (state === 'succeeded') return <Button onClick={() => openPage('images')}>Show images</Button>;
  return (
    <Button variant="filled" leftSection={<IconRefresh size={15} stroke={1.7} />} onClick={() => void retryTask(id, kind)}>
      Try again
    </Button>
  );
}

/** It is in a file now. */
const isWritten = ({ kind, request }: Task): boolean => kind === 'save' || (request.kind === 'copy' && request.to.kind === 'archive');
