import type { ImageSummary } from '../../../contract/image.ts';
import { client } from '../../connection/client.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { useEngineScope, useImagesHere } from '../../desk/engine-scope.ts';
import { bytes, grouped } from '../../ui/format.ts';
import { HiddenNote } from './HiddenNote.tsx';

/** Milliseconds for which a selection may change again before the engine is asked. */
const settles = 300;

type Props = { chosen: ImageSummary[]; hidden: number; isMixed: boolean };

/** How much is selected: each image as the list shows it, and what all of them would free together, every byte counted once. */
export function SelectionSum({ chosen, hidden, isMixed }: Props) {
  const at = useEngineScope();
  const images = useImagesHere();
  const ids = chosen.map(({ id }) => id);
  const { answer, isAsking } = useAsked(
    isMixed ? undefined : ids.join(),
    (signal) => client.images.previewRemoval({ ids, at }, { signal }),
    {
      pause: settles,
      since: images,
    },
  );
  const inUse = chosen.filter(({ usedBy }) => usedBy.length > 0).length;
  const size = chosen.reduce((sum, image) => sum + image.size, 0);
  const freed = isAsking ? undefined : answer?.freed;
  return (
    <>
      <b>{grouped(chosen.length)} selected</b> <HiddenNote hidden={hidden} /> {bytes(size)}
      {freed && (
        <span title="What the disk would get back without them. Layers that other images share stay.">
          , {freed.isAtMost && 'up to '}
          {bytes(freed.bytes)} only theirs
        </span>
      )}
      {inUse > 0 && `, ${inUse} in use`}
      {isMixed && ', on several engines: choose those of one'}
    </>
  );
}
