import { ActionIcon, Button } from '@mantine/core';
import { IconArrowRight, IconChevronLeft, IconChevronRight, IconHistory, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { FilesSource } from '../../../contract/layer-files.ts';
import type { TagLine } from '../../../contract/tag-moves.ts';
import { openPage } from '../../desk/navigation.ts';
import { Chip } from '../../ui/Chip.tsx';
import { count, shortId } from '../../ui/format.ts';
import { letKeyboardScroll } from '../../ui/let-keyboard-scroll.ts';
import c from './TagsPage.module.css';
import type { TitleOf } from './TimelineChart.tsx';
import { type Period, periodsOf } from './tag-periods.ts';
import { byWords, momentWords, moveWords, periodWords } from './tag-words.ts';

export type CardProps = {
  line: TagLine;
  period: Period;
  titleOf: TitleOf;
  now: number;
  onChoose(period: Period | undefined): void;
  /** Other tags of an image in words that fit on a chip. */
  namesOf(image: string): string[];
  /** Where an image is, to compare it with another one. */
  sourceOf(image: string): FilesSource;
  /** What else there is to say of the image that gets the tag. */
  noteOf?(image: string): string | undefined;
  /** Whether the tag can be moved there now, and if not, why. */
  state: { kind: 'can' } | { kind: 'asking' } | { kind: 'cannot'; why: string; action?: ReactNode };
  /** What moving it means for others. */
  consequence: string;
  onMove(image: string): void;
};

/** What a tag was at some time, who loses it and who gets it if it is made that again. */
export function MoveCard({ line, period, titleOf, now, onChoose, namesOf, sourceOf, noteOf, state, consequence, onMove }: CardProps) {
  const { tag } = line;
  const periods = periodsOf(line);
  const place = periods.findIndex(({ key }) => key === period.key);
  const wanted = wantedOf(line, period);
  const nameOf = (image: string) => titleOf(image, tag) ?? shortId(image);
  const sideOf = (image: string) => ({ from: sourceOf(image), name: `${tag} ${nameOf(image)}` });
  const was = wanted && periodWords(wanted, now);
  return (
    <section ref={letKeyboardScroll} className={c.card} aria-label={`${tag} at that time`}>
      <div className={c.cardHead}>
        <div className="grow">
          <h2 className="h3">{titleWords(line, period, nameOf, now)}</h2>
          <p className="t2">{cameWords(period, now)}</p>
        </div>
        <ActionIcon aria-label="Earlier" disabled={place <= 0} onClick={() => onChoose(periods[place - 1])}>
          <IconChevronLeft size={16} />
        </ActionIcon>
        <ActionIcon aria-label="Later" disabled={place === periods.length - 1} onClick={() => onChoose(periods[place + 1])}>
          <IconChevronRight size={16} />
        </ActionIcon>
        <ActionIcon aria-label="Close" onClick={() => onChoose(undefined)}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      {wanted?.image !== undefined && (
        <>
          <div className={c.sides}>
            <Side words="Loses the name" image={line.now} tag={tag} names={line.now === undefined ? [] : namesOf(line.now)} isLosing />
            <IconArrowRight size={16} stroke={1.6} className="t3" aria-hidden />
            <Side
              words="Gets the name"
              image={wanted.image}
              tag={tag}
              names={namesOf(wanted.image)}
              note={[`As it was ${was}`, noteOf?.(wanted.image)].filter(Boolean).join(' · ')}
            />
          </div>
          <div className={c.cardFoot}>
            <p className="sm t2 grow">{state.kind === 'cannot' ? state.why : consequence}</p>
            {line.now !== undefined && state.kind === 'can' && (
              <Button
                onClick={() =>
                  openPage({
                    page: 'compare-images',
                    sides: [sideOf(line.now ?? ''), sideOf(wanted.image ?? '')],
                  })
                }
              >
                Compare the two
              </Button>
            )}
            {state.kind === 'cannot' ? (
              state.action
            ) : (
              <Button
                variant="filled"
                disabled={state.kind === 'asking'}
                leftSection={<IconHistory size={15} stroke={1.7} />}
                onClick={() => wanted.image !== undefined && onMove(wanted.image)}
              >
                Make {tag} what it was {was}
              </Button>
            )}
          </div>
        </>
      )}
    </section>
  );
}

/** The period that the tag can be made again: of a removed tag, the last one in which it was somewhere. */
export function wantedOf(line: TagLine, period: Period): Period | undefined {
  const periods = periodsOf(line);
  const place = periods.findIndex(({ key }) => key === period.key);
  const wanted = period.image === undefined ? periods.slice(0, place).findLast(({ image }) => image !== undefined) : period;
  return wanted?.image === line.now ? undefined : wanted;
}

function titleWords({ tag }: TagLine, period: Period, nameOf: (image: string) => string, now: number): string {
  const { image, begun, ended, from } = period;
  if (image === undefined) return `${tag} was removed ${begun ? moveWords(begun, now) : ''}`;
  if (ended)
    return `${tag} was ${nameOf(image)} until ${moveWords(ended, now)
      .replace(/^at some/, 'some')
      .replace(/^on /, '')}`;
  return `${tag} is ${nameOf(image)}${begun ? `, since ${moveWords(begun, now).replace(/^on /, '')}` : `, at the latest since ${momentWords(from, now).replace(/^on /, '')}`}`;
}

function cameWords({ image, begun, from }: Period, now: number): string {
  if (!begun) return `It was there when Layerdeck first looked, ${momentWords(from, now)}. What was before isn’t known.`;
  if (image === undefined) return byWords(begun) === '' ? 'By another program.' : 'By Layerdeck.';
  return `It came here ${moveWords(begun, now)}${byWords(begun)}.`;
}

type SideProps = { words: string; image: string | undefined; tag: string; names: string[]; note?: string; isLosing?: boolean };

function Side({ words, image, tag, names, note, isLosing = false }: SideProps) {
  const others = names.filter((name) => name !== tag);
  return (
    <div className={c.side} data-gets={!isLosing || undefined}>
      <p className="sm t2">{words}</p>
      {image === undefined ? (
        <p className="t2">Nothing has this name now</p>
      ) : (
        <>
          <p className="mono">{shortId(image)}</p>
          <p className={c.chips}>
            <span className={c.moving} data-losing={isLosing || undefined}>
              {tag}
            </span>
            {others.slice(0, 6).map((name) => (
              <Chip key={name}>{name}</Chip>
            ))}
            {others.length > 6 && <span className="sm t3">+{others.length - 6}</span>}
          </p>
          <p className="sm t2">
            {note ?? (others.length === 0 ? 'It stays, without a name' : `It keeps its ${count(others.length, 'other name')}`)}
          </p>
        </>
      )}
    </div>
  );
}
