import { useMemo } from 'react';
import type { ImageArchive } from '../../../contract/archive.ts';
import { useMirror } from '../../connection/mirror.ts';
import { LongList } from '../../ui/LongList.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { archivedName, ImageInArchive } from './ImageInArchive.tsx';
import type { LoadChoice, LookedFile } from './load-choices.ts';
import { planLoad } from './plan-load.ts';
import { CompletenessCard } from './suitcase/CompletenessCard.tsx';

type Props = { preview: ImageArchive; looked: LookedFile; onChange(choice: LoadChoice): void };

/** The images of a file, each with what loading it would do. */
export function ImagesInArchive({ preview, looked: { file, look, choice }, onChange }: Props) {
  const { images: archived, notes } = preview;
  const isPodman = useMirror(({ engine }) => engine.state === 'connected' && engine.product === 'Podman');
  // Podman names them differently from Docker
  const images = useMemo(
    () => (isPodman ? archived.map((image) => ({ ...image, references: image.referencesOnPodman })) : archived),
    [archived, isPodman],
  );
  const here = useMirror((mirror) => (mirror.engine.state === 'connected' ? mirror.images?.images : undefined));
  const plans = useMemo(() => planLoad(images, here, new Set(choice.keptBack)), [images, here, choice.keptBack]);
  const keep = (reference: string, isKept: boolean) => {
    const others = choice.keptBack.filter((other) => other !== reference);
    onChange({ ...choice, keptBack: isKept ? [...others, reference] : others });
  };
  return (
    <>
      <CompletenessCard preview={preview} completeness={look.state === 'read' ? look.completeness : undefined} />
      {notes.length > 0 && (
        <Notice tone="quiet" title="Part of the file isn’t loaded">
          {notes.join(' ')}
        </Notice>
      )}
      <LongList
        items={plans}
        keyOf={({ place }) => String(place)}
        rowHeight={150}
        isVaried
        label={`Images in ${file.name}`}
        labelOf={archivedName}
      >
        {(plan) => <ImageInArchive file={file} plan={plan} keptBack={choice.keptBack} onKeep={keep} />}
      </LongList>
    </>
  );
}
