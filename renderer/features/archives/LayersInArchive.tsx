import type { ArchivedLayer } from '../../../contract/archive.ts';
import { Folded } from '../../ui/Folded.tsx';
import { bytes } from '../../ui/format.ts';
import c from './archive.module.css';

/** The layers of an image, newest on top as everywhere, folded away. */
export const LayersInArchive = ({ layers }: { layers: ArchivedLayer[] }) => (
  <Folded summary="Layers, one by one">
    <ol reversed>
      {layers
        .map((layer, index) => ({ ...layer, place: index + 1 }))
        .toReversed()
        .map(({ place, instruction, size, isAbsent }) => (
          <li key={place} className={c.layer}>
            <span className="num t3">{place}</span>
            <span className={instruction ? 'mono cut' : 't3'} title={instruction}>
              {instruction ?? 'Its step isn’t recorded'}
            </span>
            <span className={isAbsent ? 't3' : 'num'}>{isAbsent ? 'Not in the file' : bytes(size)}</span>
          </li>
        ))}
    </ol>
  </Folded>
);
