import { useMirror } from '../../../connection/mirror.ts';
import { imagesAt } from '../../../desk/engine-scope.ts';
import type { ComparedSide } from '../../../desk/navigation.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { PlainText } from '../../../ui/PlainText.tsx';
import { usePlaceWords } from './use-place-words.ts';

/** What is shown of an image stays true after it has gone, but can't be asked for again. */
export function GoneNote({ side: { from, name } }: { side: ComparedSide }) {
  const placeWords = usePlaceWords();
  const isGone = useMirror((mirror) => {
    if (from.kind !== 'engine') return false;
    const list = imagesAt(mirror, from.at);
    return list !== undefined && !list.images.some(({ id }) => id === from.image);
  });
  if (!isGone) return null;
  return (
    <Notice tone="warn">
      <PlainText text={name} /> is no longer {placeWords(from)}. What was read of it before is still shown here.
    </Notice>
  );
}
