import { IconArrowUp, IconBuildingWarehouse, IconFileZip, IconServer, IconTrash } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useEffect, useState } from 'react';
import type { ImageSummary } from '../../../contract/image.ts';
import { useMirror } from '../../connection/mirror.ts';
import { useEngineScope, useOpenDialog } from '../../desk/engine-scope.ts';
import { useOtherEngines } from '../../desk/shown-engines.ts';
import floating from '../../ui/floating.module.css';
import { grouped } from '../../ui/format.ts';
import c from './DragDock.module.css';
import { carriesImages, endDrag } from './dragged-images.ts';
import { HiddenNote } from './HiddenNote.tsx';
import { areOfSeveralEngines, type ImageRow } from './image-row.ts';
import { namesForSaving } from './names-for-saving.ts';

const icon = { size: 18, stroke: 1.6, 'aria-hidden': true };

/** Where dragged images can be dropped. It takes the place of the selection’s bar, which can do the same. */
export function DragDock({ dragged: rows, hidden }: { dragged: ImageRow[]; hidden: number }) {
  useEffect(() => {
    // a row that has scrolled out of the page gets no event when its drag ends
    const stop = new AbortController();
    for (const type of ['dragend', 'drop'] as const) window.addEventListener(type, endDrag, { signal: stop.signal });
    return () => stop.abort();
  }, []);
  const dragged = rows.map(({ image }) => image);
  return (
    <section className={`${floating.floating} ${c.dock}`} aria-label="Drop the images here">
      <p className={`num ${c.text}`} role="status">
        <b>{grouped(dragged.length)}</b> dragged <HiddenNote hidden={hidden} />
      </p>
      {areOfSeveralEngines(rows) ? (
        <p className={c.text}>They are on several engines. Drag those of one.</p>
      ) : (
        <Targets dragged={dragged} />
      )}
    </section>
  );
}

function Targets({ dragged }: { dragged: ImageSummary[] }) {
  const openDialog = useOpenDialog();
  const at = useEngineScope();
  const others = useOtherEngines(at);
  // the local registry belongs to the engine in use
  const hasRegistry = useMirror(({ registry }) => registry.state === 'running') && at === undefined;
  const references = dragged.flatMap((image) => image.references);
  return (
    <>
      <Target icon={<IconFileZip {...icon} />} onDropped={() => openDialog({ name: 'save', references: namesForSaving(dragged) })}>
        Save to a file
      </Target>
      {references.length > 0 && (
        <Target icon={<IconArrowUp {...icon} />} onDropped={() => openDialog({ name: 'push', references })}>
          Push…
        </Target>
      )}
      {references.length > 0 && hasRegistry && (
        <Target icon={<IconBuildingWarehouse {...icon} />} onDropped={() => openDialog({ name: 'push', references, to: 'local-registry' })}>
          Publish to my registry…
        </Target>
      )}
      {others.map(({ place, name }) => (
        <Target
          key={place}
          icon={<IconServer {...icon} />}
          onDropped={() => openDialog({ name: 'send', references: namesForSaving(dragged), to: place })}
        >
          Send to {name}…
        </Target>
      ))}
      <Target isBad icon={<IconTrash {...icon} />} onDropped={() => openDialog({ name: 'remove', ids: dragged.map(({ id }) => id) })}>
        Remove…
      </Target>
    </>
  );
}

type TargetProps = { icon: ReactNode; children: ReactNode; isBad?: boolean; onDropped(): void };

function Target({ icon: shape, children, isBad, onDropped }: TargetProps) {
  const [isOver, setIsOver] = useState(false);
  const accept = (event: DragEvent) => {
    if (!carriesImages(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setIsOver(true);
  };
  const drop = (event: DragEvent) => {
    if (!carriesImages(event)) return;
    event.preventDefault();
    endDrag();
    onDropped();
  };
  return (
    <button
      type="button"
      className={c.target}
      data-over={isOver || undefined}
      data-bad={isBad || undefined}
      onDragEnter={accept}
      onDragOver={accept}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
      onClick={onDropped}
    >
      {shape}
      {children}
    </button>
  );
}
