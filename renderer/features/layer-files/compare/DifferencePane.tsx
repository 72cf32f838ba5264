import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { CompareDetails, CompareView } from '../../../../contract/compare.ts';
import { client } from '../../../connection/client.ts';
import { useAsked } from '../../../connection/use-asked.ts';
import { useKept } from '../../../connection/use-kept.ts';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { PlainText } from '../../../ui/PlainText.tsx';
import { FileContent, type FileVersion } from '../FileContent.tsx';
import c from './DifferencePane.module.css';
import { changeSentence } from './difference-words.ts';
import { FilePair } from './FilePair.tsx';
import { PlaceTable } from './PlaceTable.tsx';

/** Milliseconds to wait while the arrow keys go over files. */
const pause = 60;

type Props = {
  view: CompareView;
  place: number;
  names: [string, string];
  /** The highest layer of each image. */
  tops: [number, number];
  onClose(): void;
};

/** How one place differs: what it is in each image, and the lines of a text. */
export function DifferencePane({ view, place, names, tops, onClose }: Props) {
  const asked = useAsked(JSON.stringify([view, place]), (signal) => client.compare.details({ view, place }, { signal }), { pause });
  // while the next one is asked for, the one before stays, as the arrow keys would make everything flicker
  const details = useKept('details', asked.answer);
  return (
    <section className={c.pane} aria-label="Chosen" aria-busy={!details && !asked.failure}>
      {asked.failure ? (
        <FailureNote failure={asked.failure} />
      ) : (
        details && (
          <>
            <header className={c.head}>
              <div className="grow">
                <h2 className={`mono ${c.path}`}>
                  <PlainText text={details.path} />
                </h2>
                <p className="sm t2 num">{details.change ? changeSentence(details, names) : 'Something in it differs'}</p>
              </div>
              <ActionIcon aria-label="Close" onClick={onClose}>
                <IconX size={15} stroke={1.7} />
              </ActionIcon>
            </header>
            <div className={c.body} key={details.place}>
              <PlaceTable details={details} names={names} />
              <Content details={details} view={view} tops={tops} names={names} />
            </div>
          </>
        )
      )}
    </section>
  );
}

function Content({
  details,
  view,
  tops,
  names,
}: {
  details: CompareDetails;
  view: CompareView;
  tops: Props['tops'];
  names: [string, string];
}) {
  const [first, second] = [0, 1].map((side) => versionOf(details, view, tops, side as 0 | 1)) as [
    FileVersion | undefined,
    FileVersion | undefined,
  ];
  if (first && second) {
    // the same bytes have no lines that differ
    return details.aspects.includes('content') ? <FilePair versions={[first, second]} names={names} /> : null;
  }
  const only = second ?? first;
  return only && details.change !== undefined ? (
    <div className={c.content}>
      <FileContent version={only} isOpened={false} />
    </div>
  ) : null;
}

/** The file as an image has it in the end; undefined for what is no file. */
function versionOf(
  { path, facts, sides }: CompareDetails,
  view: CompareView,
  tops: [number, number],
  side: 0 | 1,
): FileVersion | undefined {
  const [own, placed] = [facts[side], sides[side]];
  if (!placed || own?.kind !== 'file') return undefined;
  return { files: side === 0 ? view.first : view.second, path, place: placed.place, layer: tops[side], size: own.size };
}
