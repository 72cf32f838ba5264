import { useMemo } from 'react';
import type { Task } from '../../contract/task.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { countMoving, isFree } from './describe-layer.ts';
import { LayerBars } from './LayerBars.tsx';
import { ResultCard } from './ResultCard.tsx';
import { TotalProgress } from './TotalProgress.tsx';
import c from './TransferPage.module.css';
import { headline, phaseWords } from './transfer-words.ts';

/** A pull or a push: the same head before, while and after, and one bar a layer. */
export function RegistryBody({ task }: { task: Task }) {
  const layers = task.progress.layers ?? [];
  const counts = useMemo(() => countMoving(layers), [layers]);
  const moving = layers.filter((layer) => !isFree(layer));
  const free = layers.filter(isFree);
  return (
    <>
      <p className={c.headline} role="status">
        {headline(task, counts)}
      </p>
      {task.state === 'running' && <TotalProgress task={task} words={phaseWords(task)} />}
      {task.failure && <FailureNote failure={task.failure} />}
      {(task.result?.kind === 'pull' || task.result?.kind === 'push') && <ResultCard result={task.result} />}
      {moving.length > 0 && <LayerBars title={task.kind === 'pull' ? 'To download' : 'To send'} layers={moving} />}
      {free.length > 0 && <LayerBars title={task.kind === 'pull' ? 'Nothing to download' : 'Nothing to send'} layers={free} />}
      {task.kind === 'push' && task.state === 'running' && (
        <p className={`sm t3 ${c.foot}`}>
          The tag becomes visible only after every layer has arrived. Stopping leaves nothing half published.
        </p>
      )}
    </>
  );
}
