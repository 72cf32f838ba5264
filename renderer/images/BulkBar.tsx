import { IconArrowUp, IconFileZip, IconTag, IconTrash, IconX } from '@tabler/icons-react';
import type { ImageSummary } from '../../contract/image.ts';
import { openDialog } from '../connection/dialogs.ts';
import { bytes, grouped } from '../ui/format.ts';
import c from './BulkBar.module.css';
import { clearSelection } from './list-store.ts';

const icon = { size: 15, stroke: 1.7, 'aria-hidden': true };

/** What can be done with the selected images, floating over the list. */
export function BulkBar({ chosen }: { chosen: ImageSummary[] }) {
  const ids = chosen.map(({ id }) => id);
  const references = chosen.flatMap((image) => image.references);
  const [only] = chosen.length === 1 ? ids : [];
  const forSaving = chosen.flatMap((image) => (image.references.length > 0 ? image.references : [image.id]));
  return (
    <div className={c.bar} role="toolbar" aria-label="Selected images">
      <Summary chosen={chosen} />
      <i />
      <button type="button" onClick={() => openDialog({ name: 'save', references: forSaving })}>
        <IconFileZip {...icon} />
        Save…
      </button>
      <button type="button" disabled={references.length === 0} onClick={() => openDialog({ name: 'push', references })}>
        <IconArrowUp {...icon} />
        Push…
      </button>
      <button type="button" disabled={!only} onClick={() => only && openDialog({ name: 'tag', image: only })}>
        <IconTag {...icon} />
        Tag…
      </button>
      <button type="button" data-bad onClick={() => openDialog({ name: 'remove', ids })}>
        <IconTrash {...icon} />
        Remove…
      </button>
      <i />
      <button type="button" aria-label="Clear the selection" onClick={clearSelection}>
        <IconX {...icon} />
      </button>
    </div>
  );
}

function Summary({ chosen }: { chosen: ImageSummary[] }) {
  const inUse = chosen.filter(({ usedBy }) => usedBy.length > 0).length;
  const size = chosen.reduce((sum, image) => sum + image.size, 0);
  return (
    <span className={`${c.text} num`} role="status">
      <b>{grouped(chosen.length)} selected</b> {bytes(size)}
      {inUse > 0 && `, ${inUse} in use`}
    </span>
  );
}
