import { Button } from '@mantine/core';
import { useMemo } from 'react';
import type { Task } from '../../../contract/task.ts';
import { isRunning } from '../../connection/use-task.ts';
import { openDialog } from '../../desk/dialogs.ts';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { countMoving, isFree, isOpen } from './describe-layer.ts';
import { LayerBars } from './LayerBars.tsx';
import { ResultCard } from './ResultCard.tsx';
import { SavedFile } from './SavedFile.tsx';
import { TotalProgress } from './TotalProgress.tsx';
import c from './TransferPage.module.css';
import { headline, phaseWords, registryToSignInTo, toRegistry } from './transfer-words.ts';

/** A pull, a push or a copy: the same head before, during and after, and one bar for each layer. */
export function RegistryBody({ task }: { task: Task }) {
  const layers = task.progress.layers ?? [];
  const counts = useMemo(() => countMoving(layers, task.kind), [layers, task.kind]);
  const isOver = !isRunning(task);
  const open = isOver ? [] : layers.filter((layer) => isOpen(layer, task.kind));
  const moving = layers.filter((layer) => !isFree(layer) && !open.includes(layer));
  const free = layers.filter(isFree);
  const registry = registryToSignInTo(task);
  const words = groups[task.kind === 'pull' || task.kind === 'copy' ? task.kind : 'push'];
  return (
    <>
      <p className={c.headline} role="status">
        {headline(task, counts)}
      </p>
      {task.state === 'running' && <TotalProgress task={task} words={phaseWords(task)} />}
      {task.failure && (
        <FailureNote failure={task.failure}>
          {registry && (
            <Button size="xs" onClick={() => openDialog({ name: 'sign-in', registry, retry: { id: task.id, kind: task.kind } })}>
              Sign in…
            </Button>
          )}
        </FailureNote>
      )}
      <Result task={task} />
      {moving.length > 0 && <LayerBars title={task.state === 'succeeded' ? words.moved : words.moving} layers={moving} />}
      {open.length > 0 && <LayerBars title="Not compared yet" layers={open} />}
      {free.length > 0 && <LayerBars title={words.free} layers={free} />}
      {task.kind !== 'pull' && task.state === 'running' && toRegistry(task) && (
        <p className={`sm t3 ${c.foot}`}>
          The tag becomes visible only after every layer has arrived. Stopping leaves nothing half published.
        </p>
      )}
    </>
  );
}

const groups = {
  pull: { moving: 'To download', moved: 'Downloaded', free: 'Nothing to download' },
  push: { moving: 'To send', moved: 'Sent', free: 'Nothing to send' },
  copy: { moving: 'To copy', moved: 'Copied', free: 'Nothing to copy' },
};

function Result({ task: { id, result, progress } }: { task: Task }) {
  if (result?.kind === 'copy' && result.path !== undefined) {
    const { path, bytes = 0 } = result;
    return <SavedFile task={id} file={{ name: path.split(/[/\\]/).pop() ?? path, path, bytes }} />;
  }
  const isMoved = result?.kind === 'pull' || result?.kind === 'push' || result?.kind === 'copy' || result?.kind === 'send';
  return isMoved && <ResultCard result={result} layers={progress.layers ?? []} />;
}
