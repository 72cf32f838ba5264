import { Button } from '@mantine/core';
import type { Task } from '../../../contract/task.ts';
import { useTask } from '../../connection/use-task.ts';
import { EmptyState } from '../../desk/EmptyState.tsx';
import { openPage } from '../../desk/navigation.ts';
import { ArchiveBody } from './ArchiveBody.tsx';
import { RegistryBody } from './RegistryBody.tsx';
import { TransferHead } from './TransferHead.tsx';
import c from './TransferPage.module.css';

/** One image on its way: to or from a registry, into or out of a file. */
export function TransferPage({ id }: { id: string }) {
  const task = useTask(id);
  if (!task) {
    return (
      <EmptyState isPage title="This task is gone" actions={<Button onClick={() => openPage({ page: 'images' })}>Back to images</Button>}>
        It was removed from the list, or Layerdeck was restarted.
      </EmptyState>
    );
  }
  return (
    <div className="page" data-state={task.state}>
      <TransferHead task={task} />
      <div className={`scroll ${c.body}`}>{bodyOf(task)}</div>
    </div>
  );
}

function bodyOf(task: Task) {
  const isRegistry = task.kind === 'pull' || task.kind === 'push' || task.kind === 'copy' || task.kind === 'send';
  return isRegistry ? <RegistryBody task={task} /> : <ArchiveBody task={task} />;
}
