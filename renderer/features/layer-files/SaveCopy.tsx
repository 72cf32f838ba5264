import { Button } from '@mantine/core';
import { IconDownload, IconFileExport } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import type { FileDetails } from '../../../contract/layer-files.ts';
import type { Task } from '../../../contract/task.ts';
import { client } from '../../connection/client.ts';
import { isRunning, useTask } from '../../connection/use-task.ts';
import { attempt } from '../../desk/attempt.ts';
import { useEngineScope } from '../../desk/engine-scope.ts';
import { cancelTask } from '../../desk/start-task.ts';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { bytes, count } from '../../ui/format.ts';
import { Ring } from '../../ui/Ring.tsx';
import c from './FileAside.module.css';

/** As main takes a name; one of more bytes fits no file system. */
const mostLetters = 200;

/** Saves a file or a folder where a person says, and shows what came of it. */
export function useSaveCopy(files: string, { place, name }: Pick<FileDetails, 'place' | 'name'>, layer: number | undefined) {
  const at = useEngineScope();
  const [started, setStarted] = useState<string>();
  const task = useTask(started);
  const save = async () => {
    if (layer === undefined) return;
    // a name need not be text
    const suggestedName = name.toWellFormed().slice(0, mostLetters);
    const target = await attempt(() => client.layerFiles.chooseTarget({ suggestedName }));
    if (!target) return;
    const request = { kind: 'save-files', files, place, layer, target: target.grant } as const;
    const answer = await attempt(() => client.tasks.start({ request, ...(at !== undefined && { at }) }));
    if (answer) setStarted(answer.id);
  };
  const button = layer !== undefined && (
    <Button size="xs" leftSection={<IconDownload size={14} stroke={1.7} />} disabled={task && isRunning(task)} onClick={() => void save()}>
      Save a copy…
    </Button>
  );
  return { button, result: task && <Saved task={task} /> };
}

function Saved({ task }: { task: Task }) {
  const { id, progress, result, failure } = task;
  if (isRunning(task)) {
    return (
      <p className={`sm ${c.saved}`} role="status">
        <Ring size={14} />
        <span className="grow num">{progress.bytes ? `Reading the layers, ${bytes(progress.bytes.done)}` : 'Saving the copy'}</span>
        <Button size="compact-xs" variant="subtle" onClick={() => void cancelTask(id)}>
          Stop
        </Button>
      </p>
    );
  }
  if (failure) {
    return (
      <div className={c.saved}>
        <FailureNote failure={failure} />
      </div>
    );
  }
  if (result?.kind !== 'save-files') return null;
  return (
    <p className={`sm ${c.saved}`} role="status">
      <SavedTile task={id} name={result.name} />
      <span className="grow">
        Saved as {result.path}
        {result.leftOut > 0 && `, without ${count(result.leftOut, 'link or device', 'links and devices')} that lead elsewhere`}
      </span>
    </p>
  );
}

/** The copy itself: it is shown in its folder, or dragged on to other programs. */
function SavedTile({ task, name }: { task: string; name: string }) {
  const drag = (event: DragEvent) => {
    // the system's own drag takes over: only it can give the file to other programs
    event.preventDefault();
    void attempt(() => client.files.dragSaved({ task }));
  };
  const label = `${name}: show it, or drag it out`;
  return (
    <button
      type="button"
      draggable
      className={c.tile}
      aria-label={label}
      title="Press to show it, drag to pass it on"
      onDragStart={drag}
      onClick={() => void attempt(() => client.files.revealSaved({ task }))}
    >
      <IconFileExport size={18} stroke={1.5} aria-hidden />
    </button>
  );
}
