import { Tooltip } from '@mantine/core';
import { count, listed } from '../ui/format.ts';
import { Warning } from '../ui/Warning.tsx';
import c from './ImageTable.module.css';
import type { ImageRow } from './image-row.ts';

/** What is worth knowing about an image before one touches it. */
export function ImageNotes({ row: { image, newerThanLatest } }: { row: ImageRow }) {
  return (
    <span className={c.noteList}>
      {image.usedBy.length > 0 && <InUse containers={image.usedBy} />}
      {newerThanLatest && (
        <Tooltip label={`The tag ${newerThanLatest} was made later. “latest” is only a name; it does not move by itself.`}>
          <span>
            <Warning>“latest” is older</Warning>
          </span>
        </Tooltip>
      )}
      {image.references.length === 0 && image.usedBy.length === 0 && <span className="t3 cut">Has no name, and no container uses it</span>}
    </span>
  );
}

const InUse = ({ containers }: { containers: string[] }) => (
  <Tooltip label={containers.length === 1 ? `Container ${containers[0]}` : `Containers ${listed(containers.slice(0, 12))}`}>
    <span className={c.use}>
      <i />
      <span className="cut">In use by {containers.length === 1 ? containers[0] : count(containers.length, 'container')}</span>
    </span>
  </Tooltip>
);
