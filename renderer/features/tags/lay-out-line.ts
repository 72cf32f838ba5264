import type { TagLine } from '../../../contract/tag-moves.ts';
import { type Period, periodsOf } from './tag-periods.ts';

/** The time that is drawn, in milliseconds since 1970. */
export type Span = { from: number; to: number };

/** A stretch of a tag's line; places are parts of the width, from 0 to 1. `gap`: at some time in it, the tag moved. */
export type Stretch = { key: string; start: number; end: number; kind: 'now' | 'past' | 'gap'; period: Period };

/** A place on the line where a period begins, or several of them that can't be told apart, from `first` on. */
export type Moment = {
  key: string;
  at: number;
  first: number;
  kind: 'now' | 'past' | 'removed' | 'known';
  periods: Period[];
  isSpan: boolean;
};

export type LaidOutLine = { stretches: Stretch[]; moments: Moment[] };

/** Moments nearer than this are drawn as one. */
const nearest = 0.011;
/** A span of unknown time that is shorter is drawn as a moment. */
const shortest = 0.006;

/** What is narrower than that can't be seen: a part of a pixel. */
const narrowest = 0.0004;

/** Where everything of a tag's line is drawn. Pure. */
export function layOutLine(line: TagLine, span: Span): LaidOutLine {
  const place = (time: number) => Math.min(1, Math.max(0, (time - span.from) / (span.to - span.from)));
  const periods = periodsOf(line);
  const stretches: Stretch[] = [];
  const moments: Moment[] = [];
  for (const period of periods) {
    const { begun, ended, image, key } = period;
    const start = place(period.from);
    const end = ended ? place(Math.max(ended.since, period.from)) : 1;
    if (begun && !begun.isExact && place(begun.at) - place(begun.since) >= shortest)
      stretches.push({ key: `${key} gap`, start: place(begun.since), end: start, kind: 'gap', period });
    if (image !== undefined && end - start > (ended ? narrowest : 0))
      stretches.push({ key, start, end, kind: ended ? 'past' : 'now', period });
    // one that moved at a known time, but of which it isn't known how long it had been where it was
    if (begun?.isExact && place(begun.at) - place(begun.since) >= shortest)
      stretches.push({ key: `${key} gap`, start: place(begun.since), end: start, kind: 'gap', period });
    if (period.from >= span.from && period.from <= span.to) addMoment(moments, period, start);
    else if (!ended || ended.at > span.from) addMoment(moments, period, 0);
  }
  return { stretches, moments };
}

function addMoment(moments: Moment[], period: Period, at: number): void {
  const last = moments.at(-1);
  const kind = period.image === undefined ? 'removed' : !period.begun ? 'known' : period.ended ? 'past' : 'now';
  const isSpan = period.begun !== undefined && !period.begun.isExact;
  if (last && at - last.first < nearest) {
    moments[moments.length - 1] = { ...last, at, kind, periods: [...last.periods, period], isSpan };
    return;
  }
  moments.push({ key: period.key, at, first: at, kind, periods: [period], isSpan });
}

/** Where a day begins, or a week if there are many: what stands above the lines. */
export type DayMark = { time: number; at: number; end: number; isWeekend: boolean };

/** The days of a span, cut at its ends; of a long span, its weeks. */
export function daysOf({ from, to }: Span): DayMark[] {
  const step = to - from > 31 * 86_400_000 ? 7 : 1;
  const marks: DayMark[] = [];
  const day = new Date(from);
  day.setHours(0, 0, 0, 0);
  // weeks begin on Mondays
  if (step === 7) day.setDate(day.getDate() - ((day.getDay() + 6) % 7));
  while (day.getTime() < to) {
    const time = day.getTime();
    const isWeekend = step === 1 && (day.getDay() === 0 || day.getDay() === 6);
    day.setDate(day.getDate() + step);
    const at = Math.max(0, (time - from) / (to - from));
    marks.push({ time, at, end: Math.min(1, (day.getTime() - from) / (to - from)), isWeekend });
  }
  return marks;
}
