import { IconArrowsDiff, IconArrowUp, IconEyeOff, IconFileZip, IconServer, IconTag, IconTrash, IconX } from '@tabler/icons-react';
import { useEngineScope, useOpenDialog } from '../../desk/engine-scope.ts';
import { openPage } from '../../desk/navigation.ts';
import { useOtherEngines } from '../../desk/shown-engines.ts';
import { FloatingBar } from '../../ui/FloatingBar.tsx';
import { comparedSides } from './compared-sides.ts';
import { areOfSeveralEngines, type ImageRow } from './image-row.ts';
import { clearSelection } from './list-store.ts';
import { namesForSaving } from './names-for-saving.ts';
import { SelectionSum } from './SelectionSum.tsx';

const icon = { size: 15, stroke: 1.7, 'aria-hidden': true };

type Props = {
  chosen: ImageRow[];
  /** How many of them the list hides. */
  hidden: number;
  onKeepShown(): void;
};

/** What can be done with the selected images, floating over the list. */
export function BulkBar({ chosen, hidden, onKeepShown }: Props) {
  const openDialog = useOpenDialog();
  const others = useOtherEngines(useEngineScope());
  const images = chosen.map(({ image }) => image);
  const ids = images.map(({ id }) => id);
  const references = images.flatMap((image) => image.references);
  const isMixed = areOfSeveralEngines(chosen);
  const isElsewhere = chosen.some(({ at }) => at !== undefined);
  const [only] = chosen.length === 1 ? ids : [];
  return (
    <FloatingBar label="Selected images" summary={<SelectionSum chosen={images} hidden={hidden} isMixed={isMixed} />}>
      {hidden > 0 && (
        <button type="button" onClick={onKeepShown}>
          <IconEyeOff {...icon} />
          Deselect those
        </button>
      )}
      <button type="button" disabled={isMixed} onClick={() => openDialog({ name: 'save', references: namesForSaving(images) })}>
        <IconFileZip {...icon} />
        Save…
      </button>
      {!isMixed &&
        others.map(({ place, name }) => (
          <button key={place} type="button" onClick={() => openDialog({ name: 'send', references: namesForSaving(images), to: place })}>
            <IconServer {...icon} />
            Send to {name}…
          </button>
        ))}
      <button type="button" disabled={isMixed || references.length === 0} onClick={() => openDialog({ name: 'push', references })}>
        <IconArrowUp {...icon} />
        Push…
      </button>
      <button type="button" disabled={!only} onClick={() => only && openDialog({ name: 'tag', image: only })}>
        <IconTag {...icon} />
        Tag…
      </button>
      <button
        type="button"
        disabled={ids.length < 2 || ids.length > 50 || (isElsewhere && ids.length > 2)}
        onClick={() => openPage(ids.length === 2 ? { page: 'compare-images', sides: comparedSides(chosen) } : { page: 'compare', ids })}
      >
        <IconArrowsDiff {...icon} />
        Compare
      </button>
      <button type="button" data-bad disabled={isMixed} onClick={() => openDialog({ name: 'remove', ids })}>
        <IconTrash {...icon} />
        Remove…
      </button>
      <i />
      <button type="button" aria-label="Clear the selection" onClick={clearSelection}>
        <IconX {...icon} />
      </button>
    </FloatingBar>
  );
}
