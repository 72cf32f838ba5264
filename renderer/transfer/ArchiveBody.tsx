import type { Task } from '../../contract/task.ts';
import { groupReferences } from '../connection/image-name.ts';
import { ChipGroup } from '../ui/ChipGroup.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { bytes, loadedWords } from '../ui/format.ts';
import { archivePhase, archiveSteps } from './archive-words.ts';
import { LayerBars } from './LayerBars.tsx';
import { PhaseList } from './PhaseList.tsx';
import { TotalProgress } from './TotalProgress.tsx';
import c from './TransferPage.module.css';

/** A save or a load: what happens now, how much of it, and what came of it. */
export function ArchiveBody({ task }: { task: Task }) {
  const { result, failure, state, progress } = task;
  return (
    <>
      <p className={c.headline} role="status">
        {archiveHeadline(task)}
      </p>
      {state === 'running' && <TotalProgress task={task} words={archivePhase(task)} />}
      {failure && <FailureNote failure={failure} />}
      {result?.kind === 'save' && (
        <section className={c.card} aria-label="Result">
          <p className="strong">{result.name}</p>
          <p className="mono t2">{result.path}</p>
          <p className="num">{bytes(result.bytes)}</p>
        </section>
      )}
      {result?.kind === 'load' && <LoadedNames names={result.loaded} />}
      {state === 'running' && progress.layers && progress.layers.length > 0 && <LayerBars title="Layers" layers={progress.layers} />}
      {state !== 'failed' && <PhaseList steps={archiveSteps(task)} />}
    </>
  );
}

function archiveHeadline({ state, kind, result, progress }: Task): string {
  if (result?.kind === 'load') return loadedWords(result.loaded.length);
  if (result?.kind === 'save') return 'Saved';
  if (state === 'queued') return 'Starts when there is room for it';
  if (state === 'cancelled' && kind === 'save') return 'Stopped. No half-written file was kept.';
  // an engine that has the whole file goes on unpacking it, whoever still listens
  if (state === 'cancelled')
    return progress.phase === 'unpacking' ? 'Stopped late: the engine may still load it' : 'Stopped. Nothing was loaded.';
  if (state === 'failed') return kind === 'save' ? 'It was not saved' : 'It was not loaded';
  return kind === 'save' ? 'Writing the file' : 'Loading the file';
}

const LoadedNames = ({ names }: { names: string[] }) => (
  <section className={c.card} aria-label="Result">
    <ul>
      {names.map((name) => {
        const [group] = name.startsWith('sha256:') ? [] : groupReferences([name]);
        return (
          <li key={name} className={c.loaded}>
            {group ? <ChipGroup name={group.repository} chips={group.tags} /> : <span className="mono">{name}</span>}
          </li>
        );
      })}
    </ul>
  </section>
);
