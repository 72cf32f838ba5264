import type { TagLine, TagMove } from '../../../contract/tag-moves.ts';
import type { TaskKind } from '../../../contract/task.ts';
import { count } from '../../ui/format.ts';
import type { Period } from './tag-periods.ts';

const day = 86_400_000;
// made once: a formatter takes longer to make than a thousand times to use
const clocks = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const weekdays = new Intl.DateTimeFormat('en-GB', { weekday: 'long' });
const dates = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const fullDates = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const clock = (time: number): string => clocks.format(time);

/** How many midnights lie between two times. */
function daysBetween(then: number, now: number): number {
  const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(then)) / day);
}

/** "today", "yesterday", "on Tuesday", "on 12 Nov", "on 12 Nov 2025". */
export function dayWords(time: number, now: number): string {
  const days = daysBetween(time, now);
  if (days <= 0) return 'today';
  if (days === 1) return 'yesterday';
  if (days < 7) return `on ${weekdays.format(time)}`;
  const isSameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return `on ${(isSameYear ? dates : fullDates).format(time)}`;
}

/** "today at 09:12", "on Tuesday at 17:40". */
export const momentWords = (time: number, now: number): string => `${dayWords(time, now)} at ${clock(time)}`;

/** When a move happened, as far as it is known; less than a minute is a moment to a person. */
export function moveWords({ since, at, isExact }: TagMove, now: number): string {
  if (isExact || at - since < 60_000) return momentWords(at, now);
  return `at some time between ${momentWords(since, now).replace(/^on /, '')} and ${momentWords(at, now).replace(/^on /, '')}`;
}

/** What a period is called in "make latest what it was …": the last whole day of it, or a time of day if it had none. */
export function periodWords({ from, ended }: Period, now: number): string {
  const end = ended ? ended.since : now;
  if (daysBetween(from, end) === 0) return momentWords(Math.max(from, Math.min(end, from)), now);
  // of the day on which it moved, half was another's
  const last = daysBetween(from, end) > 1 || end - new Date(end).setHours(0, 0, 0, 0) < day / 2 ? end - day : end;
  return dayWords(Math.max(last, from), now);
}

const doers: Partial<Record<TaskKind, string>> = {
  build: 'built by Layerdeck',
  import: 'imported by Layerdeck',
  tag: 'tagged by Layerdeck',
  'move-tag': 'moved back by Layerdeck',
  pull: 'got by Layerdeck',
  load: 'loaded by Layerdeck',
  'bring-back': 'brought back by Layerdeck',
  push: 'pushed by Layerdeck',
  copy: 'copied by Layerdeck',
  untag: 'by Layerdeck',
  remove: 'by Layerdeck',
  'clean-up': 'by a clean-up of Layerdeck',
};

/** ", built by Layerdeck", as far as that is known. */
export const byWords = ({ by }: TagMove): string => (by && doers[by.kind] ? `, ${doers[by.kind]}` : '');

/** The line under a tag's name. */
export function lineWords({ now, moves, older }: TagLine, time: number): string {
  const last = moves.at(-1);
  if (now === undefined && last) return `removed ${dayWords(last.at, time).replace(/^(on \w{3})\w*day$/, '$1')}`;
  // that it came is no move
  const moved = moves.filter(({ from, to }) => from !== undefined && to !== undefined).length + older;
  return moved === 0 ? 'never moved' : moved === 1 ? 'moved once' : count(moved, 'move');
}
