import { Button } from '@mantine/core';
import { IconDownload, IconFileZip, IconPlus } from '@tabler/icons-react';
import { useMemo } from 'react';
import { chooseArchives } from '../../desk/choose-archives.ts';
import { openDialog } from '../../desk/dialogs.ts';
import { EmptyState } from '../../desk/EmptyState.tsx';
import { EngineScope } from '../../desk/engine-scope.ts';
import { PageHead } from '../../desk/PageHead.tsx';
import { type ShownEngine, useShownEngines } from '../../desk/shown-engines.ts';
import { bytes, count } from '../../ui/format.ts';
import { BulkBar } from './BulkBar.tsx';
import { DragDock } from './DragDock.tsx';
import { useDraggedImages } from './dragged-images.ts';
import { EngineFilter } from './EngineFilter.tsx';
import { FilterBar } from './FilterBar.tsx';
import { ImageTable } from './ImageTable.tsx';
import type { ImageRow } from './image-row.ts';
import { keepSelected, showAll, useImageList } from './list-store.ts';
import { NarrowingChips } from './NarrowingChips.tsx';
import { useImageRows } from './use-image-rows.ts';

/** Every image that the shown engines have, one row each. */
export function ImagesPage() {
  const engines = useShownEngines();
  const rows = useImageRows(engines);
  const arrived = engines.every(({ images, state }) => images !== undefined || state.state === 'missing');
  // whole engines may be hidden
  const isHidden = rows.all.length === 0 && engines.some(({ images }) => images && images.images.length > 0);
  const selected = useImageList((list) => list.selected);
  // The selection may name images that are gone by now.
  const chosen = useMemo(() => rows.all.filter(({ id }) => selected.has(id)), [rows.all, selected]);
  const shown = useMemo(() => new Set(rows.shown.map(({ id }) => id)), [rows.shown]);
  const draggedIds = useDraggedImages(({ ids }) => ids);
  const dragged = useMemo(() => rows.all.filter(({ id }) => draggedIds.includes(id)), [rows.all, draggedIds]);
  return (
    <div className="page">
      <PageHead title="Images" summary={<Summary engines={engines} />}>
        <Actions />
      </PageHead>
      {rows.all.length > 0 && <FilterBar counts={rows.counts} rows={rows.all} />}
      {rows.all.length > 0 && <NarrowingChips unknown={rows.withoutUse} />}
      {engines.length > 1 && <EngineFilter engines={engines} />}
      {rows.shown.length > 0 && <ImageTable items={rows.items} engines={engines} biggest={rows.biggest} chosenCount={chosen.length} />}
      {arrived && rows.all.length === 0 && !isHidden && <NoImages />}
      {(rows.all.length > 0 || isHidden) && rows.shown.length === 0 && (
        <EmptyState title="Nothing matches" actions={<Button onClick={showAll}>Show all images</Button>}>
          No image fits the search and the filters.
        </EmptyState>
      )}
      {dragged.length > 0 && (
        <EngineScope value={dragged[0]?.at}>
          <DragDock dragged={dragged} hidden={countHidden(dragged, shown)} />
        </EngineScope>
      )}
      {chosen.length > 0 && dragged.length === 0 && (
        <EngineScope value={chosen[0]?.at}>
          <BulkBar chosen={chosen} hidden={countHidden(chosen, shown)} onKeepShown={() => keepSelected(shown)} />
        </EngineScope>
      )}
    </div>
  );
}

const countHidden = (rows: ImageRow[], shown: ReadonlySet<string>): number => rows.filter(({ id }) => !shown.has(id)).length;

function Summary({ engines }: { engines: ShownEngine[] }) {
  const lists = engines.map(({ images }) => images).filter((list) => list !== undefined);
  if (lists.length === 0) return 'Reading the list…';
  const number = lists.reduce((sum, { images }) => sum + images.length, 0);
  if (number === 0) return 'Nothing here yet';
  const words = lists.length > 1 ? `${count(number, 'image')} on ${count(lists.length, 'engine')}` : count(number, 'image');
  const disks = lists.map(({ disk }) => disk).filter((disk) => disk !== undefined);
  // a sum without one of them would be too small
  if (disks.length < lists.length) return words;
  const saves = disks.reduce((sum, { savedBySharing }) => sum + savedBySharing, 0);
  const saved = saves > 0 ? ` Shared layers save ${bytes(saves)}.` : '';
  const packed = disks.reduce((sum, disk) => sum + disk.packed, 0);
  const both = packed > 0 ? `, ${bytes(packed)} of it packed` : '';
  return `${words} · ${bytes(disks.reduce((sum, { used }) => sum + used, 0))} on disk${both}.${saved}`;
}

const Actions = () => (
  <>
    <Button leftSection={<IconFileZip size={15} stroke={1.6} />} onClick={() => void chooseArchives()}>
      Open a file…
    </Button>
    <Button leftSection={<IconDownload size={15} stroke={1.6} />} onClick={() => openDialog({ name: 'pull' })}>
      Get an image…
    </Button>
    <Button variant="filled" leftSection={<IconPlus size={15} stroke={2} />} onClick={() => openDialog({ name: 'build' })}>
      Build…
    </Button>
  </>
);

const NoImages = () => (
  <EmptyState title="No images yet">
    An image is a program packed with everything it needs. Build one from a folder, get one from a registry, or drop an image file or a
    folder on this window.
  </EmptyState>
);
