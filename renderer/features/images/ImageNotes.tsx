import { Tooltip } from '@mantine/core';
import { useMemo } from 'react';
import type { ImageSummary } from '../../../contract/image.ts';
import { useMirror } from '../../connection/mirror.ts';
import { count, dayAndMonth, listed } from '../../ui/format.ts';
import { Warning } from '../../ui/Warning.tsx';
import { findLostName } from './find-lost-name.ts';
import c from './ImageTable.module.css';
import type { ImageRow } from './image-row.ts';

/** What is worth knowing about an image before doing anything with it. */
export function ImageNotes({ row: { image, newerThanLatest, newer, isStep } }: { row: ImageRow }) {
  if (isStep) {
    return (
      <span className={c.noteList}>
        <span className="t3 cut">A step that others were made from</span>
      </span>
    );
  }
  return (
    <span className={c.noteList}>
      {image.usedBy.length > 0 && <InUse containers={image.usedBy} />}
      {newer && (
        <Tooltip label={`The registry has another image under ${newer.reference} by now, made later than this one.`}>
          <span className={`cut ${c.newer}`}>A newer one exists</span>
        </Tooltip>
      )}
      {newerThanLatest && (
        <Tooltip label={`The tag ${newerThanLatest} is newer. “latest” is only a name and doesn’t move by itself.`}>
          <span>
            <Warning>“latest” is older</Warning>
          </span>
        </Tooltip>
      )}
      {image.references.length === 0 && image.usedBy.length === 0 && <WithoutName image={image} />}
    </span>
  );
}

/** Says why the image has no name, if that is known. */
function WithoutName({ image: { id, digests, keptUntil } }: { image: ImageSummary }) {
  const builds = useMirror((mirror) => mirror.builds);
  const lost = useMemo(() => findLostName(id, builds), [id, builds]);
  if (keptUntil !== undefined) {
    return (
      <Tooltip label="A tag has left it. It is kept so that the tag can be moved back, until then or until newer ones need the room.">
        <span className="t3 cut">Kept for undo until {dayAndMonth(keptUntil)}</span>
      </Tooltip>
    );
  }
  if (lost) {
    return (
      <Tooltip label={`It was called ${lost} until a newer build took that name.`}>
        <span className="t3 cut">Replaced by a newer build</span>
      </Tooltip>
    );
  }
  return <span className="t3 cut">{digests.length > 0 ? 'Has no tag, only a digest' : 'Has no name, and no container uses it'}</span>;
}

const InUse = ({ containers }: { containers: string[] }) => (
  <Tooltip label={containers.length === 1 ? `Container ${containers[0]}` : `Containers ${listed(containers.slice(0, 12))}`}>
    <span className={c.use}>
      <i />
      <span className="cut">In use by {containers.length === 1 ? containers[0] : count(containers.length, 'container')}</span>
    </span>
  </Tooltip>
);
