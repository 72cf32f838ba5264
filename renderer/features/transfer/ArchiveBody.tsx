import type { Task } from '../../../contract/task.ts';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { archiveHeadline, archivePhase, archiveSteps } from './archive-words.ts';
import { LayerBars } from './LayerBars.tsx';
import { ImportedImage, LoadedNames } from './LoadedNames.tsx';
import { PhaseList } from './PhaseList.tsx';
import { SavedFile } from './SavedFile.tsx';
import { TotalProgress } from './TotalProgress.tsx';
import c from './TransferPage.module.css';

/** A save, a load or an import: what happens now, how much of it, and what came of it. */
export function ArchiveBody({ task }: { task: Task }) {
  const { id, result, failure, state, progress } = task;
  return (
    <>
      <p className={c.headline} role="status">
        {archiveHeadline(task)}
      </p>
      {state === 'running' && <TotalProgress task={task} words={archivePhase(task)} />}
      {failure && <FailureNote failure={failure} />}
      {result?.kind === 'save' && <SavedFile task={id} file={result} />}
      {result?.kind === 'load' && <LoadedNames result={result} />}
      {result?.kind === 'import' && <ImportedImage result={result} />}
      {state === 'running' && progress.layers && progress.layers.length > 0 && <LayerBars title="Layers" layers={progress.layers} />}
      {state !== 'failed' && <PhaseList steps={archiveSteps(task)} />}
    </>
  );
}
