import { Button } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { TagLine } from '../../../contract/tag-moves.ts';
import { count, shortId } from '../../ui/format.ts';
import { daysOf, type LaidOutLine, layOutLine, type Moment, type Span } from './lay-out-line.ts';
import c from './TagsPage.module.css';
import { hasMoved, type Period } from './tag-periods.ts';
import { byWords, lineWords, momentWords, moveWords } from './tag-words.ts';

/** How many lines are drawn at first, and how many more each time. */
const atOnce = 60;

export type TitleOf = (image: string, besides: string) => string | undefined;

type Props = {
  lines: TagLine[];
  span: Span;
  /** Since when moves are remembered. */
  since: number | undefined;
  now: number;
  titleOf: TitleOf;
  /** The period that the card is about, by its key. */
  chosen: string | undefined;
  onChoose(period: Period | undefined): void;
};

/** A line for each tag: where it was, and when it moved. Arrow keys lead from move to move, and up and down to the nearest one. */
export function TimelineChart({ lines, span, since, now, titleOf, chosen, onChoose }: Props) {
  const [shown, setShown] = useState(atOnce);
  const [active, setActive] = useState<string>();
  const chart = useRef<HTMLDivElement>(null);
  const rows = lines.slice(0, shown).map((line) => ({ line, laidOut: layOutLine(line, span) }));
  const keys = rows.flatMap(({ laidOut }) => laidOut.moments.map(({ key }) => key));
  const reachable = active !== undefined && keys.includes(active) ? active : keys[0];
  // the card takes room from the lines, and must not cover the one that it is about
  useEffect(() => {
    if (chosen) chart.current?.querySelector('[data-moment][aria-pressed="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const move = (event: KeyboardEvent) => {
    const target =
      reachable === undefined
        ? undefined
        : targetOf(
            rows.map(({ laidOut }) => laidOut.moments),
            reachable,
            event.key,
          );
    if (event.key === 'Escape' && chosen) onChoose(undefined);
    if (target === undefined) return;
    event.preventDefault();
    setActive(target);
    chart.current?.querySelector<HTMLElement>(`[data-moment="${CSS.escape(target)}"]`)?.focus();
  };
  return (
    <div className={`scroll ${c.chart}`}>
      <Days span={span} now={now} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons in it */}
      <div ref={chart} onKeyDown={move} className={c.lines}>
        <Grid span={span} since={since} />
        <ul aria-label="Tags over time">
          {rows.map(({ line, laidOut }) => (
            <Row
              key={line.tag}
              line={line}
              laidOut={laidOut}
              now={now}
              titleOf={titleOf}
              chosen={chosen}
              reachable={reachable}
              onActive={setActive}
              onChoose={onChoose}
            />
          ))}
        </ul>
      </div>
      {lines.length === 0 && <p className={`t2 ${c.more}`}>No tag is called so.</p>}
      {lines.length > shown && (
        <Button className={c.more} onClick={() => setShown(shown + atOnce)}>
          Show {count(Math.min(atOnce, lines.length - shown), 'more tag')}
        </Button>
      )}
    </div>
  );
}

/** Where a key leads from one moment. */
function targetOf(rows: Moment[][], from: string, key: string): string | undefined {
  const row = rows.findIndex((moments) => moments.some((moment) => moment.key === from));
  const own = rows[row] ?? [];
  const place = own.findIndex((moment) => moment.key === from);
  if (key === 'ArrowLeft') return own[place - 1]?.key;
  if (key === 'ArrowRight') return own[place + 1]?.key;
  if (key === 'Home') return own[0]?.key;
  if (key === 'End') return own.at(-1)?.key;
  const others = key === 'ArrowDown' ? rows.slice(row + 1) : key === 'ArrowUp' ? rows.slice(0, row).reverse() : [];
  const next = others.find((moments) => moments.length > 0);
  const at = own[place]?.at ?? 0;
  return next?.toSorted((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0]?.key;
}

function Days({ span, now }: { span: Span; now: number }) {
  const today = new Date(now).setHours(0, 0, 0, 0);
  return (
    <div className={c.days} aria-hidden>
      {daysOf(span).map(({ time, at, end }) => (
        <span key={time} className={`sm ${c.day}`} data-today={time === today || undefined} style={placed(at, end)}>
          {end - at > 0.045 && (time === today ? 'Today' : dayName(time, span))}
        </span>
      ))}
    </div>
  );
}

const dayName = (time: number, { from, to }: Span): string =>
  new Date(time).toLocaleDateString(
    'en-GB',
    to - from > 31 * 86_400_000 ? { day: 'numeric', month: 'short' } : { weekday: 'short', day: 'numeric' },
  );

const Grid = ({ span, since = span.from }: { span: Span; since: number | undefined }) => (
  <div className={c.grid} aria-hidden>
    {daysOf(span).map(({ time, at, end, isWeekend }) => (
      <span key={time} className={c.band} data-weekend={isWeekend || undefined} style={placed(at, end)} />
    ))}
    {since > span.from && (
      <span className={`sm t3 ${c.before}`} style={placed(0, Math.min(1, (since - span.from) / (span.to - span.from)))}>
        <span className="cut">Not remembered</span>
      </span>
    )}
    <span className={c.nowMark} />
  </div>
);

const placed = (start: number, end: number) => ({ left: `${start * 100}%`, width: `${(end - start) * 100}%` });

type RowProps = Pick<Props, 'now' | 'titleOf' | 'chosen' | 'onChoose'> & {
  line: TagLine;
  laidOut: LaidOutLine;
  reachable: string | undefined;
  onActive(key: string): void;
};

function Row({ line, laidOut: { stretches, moments }, now, titleOf, chosen, reachable, onActive, onChoose }: RowProps) {
  const { tag } = line;
  const nameOf = (image: string) => titleOf(image, tag) ?? shortId(image);
  return (
    <li className={c.line} aria-label={tag}>
      <div className={c.label}>
        <p className={`strong cut ${line.now === undefined ? c.gone : ''}`} title={tag}>
          {tag}
        </p>
        <p className="sm t3 cut">{lineWords(line, now)}</p>
      </div>
      <div className={c.track}>
        {stretches.map(({ key, start, end, kind, period }) => (
          <span
            key={key}
            className={c.stretch}
            data-kind={kind}
            data-chosen={(kind !== 'gap' && period.key === chosen) || undefined}
            style={placed(start, end)}
          >
            {kind !== 'gap' && period.image !== undefined && end - start > 0.05 && hasMoved(line) && (
              <span className={`sm cut ${c.title}`}>{nameOf(period.image)}</span>
            )}
          </span>
        ))}
        {moments.map((moment) => {
          const period = moment.periods.at(-1) as Period;
          const label = labelOf(moment, nameOf, now);
          return (
            <button
              key={moment.key}
              type="button"
              className={c.moment}
              data-moment={moment.key}
              data-kind={moment.kind}
              data-span={moment.isSpan || undefined}
              data-many={moment.periods.length > 1 || undefined}
              style={{ left: `${moment.at * 100}%` }}
              tabIndex={moment.key === reachable ? 0 : -1}
              aria-pressed={moment.periods.some(({ key }) => key === chosen)}
              aria-label={label}
              title={label}
              onFocus={() => onActive(moment.key)}
              onClick={() => onChoose(period.key === chosen ? undefined : period)}
            >
              <span className={c.dot} data-kind={moment.kind} data-span={moment.isSpan || undefined} />
            </button>
          );
        })}
      </div>
    </li>
  );
}

/** "2.3.0 since Wednesday at 10:50, until today at 09:12, built by Layerdeck". */
function labelOf({ periods }: Moment, nameOf: (image: string) => string, now: number): string {
  const { tag, image, begun, ended, from } = periods.at(-1) as Period;
  const many = periods.length > 1 ? `${count(periods.length, 'move')} close together, the last: ` : '';
  const what = image === undefined ? 'removed' : nameOf(image);
  const since = begun ? moveWords(begun, now) : `at the latest ${momentWords(from, now)}`;
  const until = ended ? `, until ${momentWords(ended.since, now)}` : '';
  return `${tag}: ${many}${what}, ${image === undefined ? '' : 'since '}${since}${until}${begun ? byWords(begun) : ''}`;
}
