import { Button } from '@mantine/core';
import { IconDownload, IconFileZip, IconPlus } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useMirror } from '../../connection/mirror.ts';
import { chooseArchives } from '../../desk/choose-archives.ts';
import { openDialog } from '../../desk/dialogs.ts';
import { EmptyState } from '../../desk/EmptyState.tsx';
import { PageHead } from '../../desk/PageHead.tsx';
import { bytes, count } from '../../ui/format.ts';
import { BulkBar } from './BulkBar.tsx';
import { DragDock } from './DragDock.tsx';
import { useDraggedImages } from './dragged-images.ts';
import { FilterBar } from './FilterBar.tsx';
import { ImageTable } from './ImageTable.tsx';
import type { ImageRow } from './image-row.ts';
import { keepSelected, showAll, useImageList } from './list-store.ts';
import { useImageRows } from './use-image-rows.ts';

/** Every image the engine has, one row each. */
export function ImagesPage() {
  const rows = useImageRows();
  const arrived = useMirror((mirror) => mirror.images !== undefined);
  const selected = useImageList((list) => list.selected);
  // The selection may name images that are gone by now.
  const chosen = useMemo(() => rows.all.filter(({ id }) => selected.has(id)), [rows.all, selected]);
  const shown = useMemo(() => new Set(rows.shown.map(({ id }) => id)), [rows.shown]);
  const draggedIds = useDraggedImages(({ ids }) => ids);
  const dragged = useMemo(() => rows.all.filter(({ id }) => draggedIds.includes(id)), [rows.all, draggedIds]);
  return (
    <div className="page">
      <PageHead title="Images" summary={<Summary />}>
        <Actions />
      </PageHead>
      {rows.all.length > 0 && <FilterBar counts={rows.counts} />}
      {rows.shown.length > 0 && <ImageTable rows={rows.shown} biggest={rows.biggest} chosenCount={chosen.length} />}
      {arrived && rows.all.length === 0 && <NoImages />}
      {rows.all.length > 0 && rows.shown.length === 0 && (
        <EmptyState title="Nothing matches" actions={<Button onClick={showAll}>Show all images</Button>}>
          No image has this name, tag or id.
        </EmptyState>
      )}
      {dragged.length > 0 && <DragDock dragged={dragged.map(({ image }) => image)} hidden={countHidden(dragged, shown)} />}
      {chosen.length > 0 && dragged.length === 0 && (
        <BulkBar chosen={chosen.map(({ image }) => image)} hidden={countHidden(chosen, shown)} onKeepShown={() => keepSelected(shown)} />
      )}
    </div>
  );
}

const countHidden = (rows: ImageRow[], shown: ReadonlySet<string>): number => rows.filter(({ id }) => !shown.has(id)).length;

function Summary() {
  const images = useMirror((mirror) => mirror.images);
  if (!images) return 'Reading the list…';
  if (images.images.length === 0) return 'Nothing here yet';
  const { disk } = images;
  const number = count(images.images.length, 'image');
  if (!disk) return number;
  const saved = disk.savedBySharing > 0 ? ` Shared layers save ${bytes(disk.savedBySharing)}.` : '';
  return `${number} · ${bytes(disk.used)} on disk.${saved}`;
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
