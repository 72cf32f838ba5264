import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TagLine, TagMove } from '../../../../contract/tag-moves.ts';
import { daysOf, layOutLine } from '../../../../renderer/features/tags/lay-out-line.ts';
import { periodOf, periodsOf, titleImages } from '../../../../renderer/features/tags/tag-periods.ts';
import { dayWords, lineWords, moveWords, periodWords } from '../../../../renderer/features/tags/tag-words.ts';

const day = 86_400_000;
const now = new Date(2026, 10, 25, 12, 0).getTime();
const move = (from: string | undefined, to: string | undefined, ago: number, span = 0): TagMove => ({
  ...(from !== undefined && { from }),
  ...(to !== undefined && { to }),
  since: now - (ago + span) * day,
  at: now - ago * day,
  isExact: span === 0,
});
const line = (moves: TagMove[], tag = 'latest'): TagLine => {
  const last = moves.at(-1)?.to;
  return { tag, ...(last !== undefined && { now: last, nowSince: moves.at(-1)?.at ?? 0 }), moves, older: 0 };
};
const span = { from: now - 14 * day, to: now };

test('a period that was chosen ends once its tag moves on, and is gone once nothing is remembered', () => {
  const moves = [move(undefined, 'a', 20), move('a', 'b', 7)];
  const key = periodsOf(line(moves)).at(-1)?.key ?? '';
  expect(periodOf(line(moves), key)).not.toHaveProperty('ended');
  const next = move('b', 'c', 1);
  expect(periodOf(line([...moves, next]), key)).toMatchObject({ image: 'b', ended: next });
  expect(periodOf(line([]), key)).toBeUndefined();
});

test('each image has a stretch from its move to the next, and what isn’t known is a gap', () => {
  const { stretches, moments } = layOutLine(
    line([move(undefined, 'a', 20), move('a', 'b', 7), move('b', 'c', 2, 3), move('c', undefined, 1)]),
    span,
  );
  expect(stretches.map(({ kind, start, end }) => [kind, Math.round(start * 14), Math.round(end * 14)])).toEqual([
    ['past', 0, 7],
    ['past', 7, 9],
    ['gap', 9, 12],
    ['past', 12, 13],
  ]);
  expect(moments.map(({ kind, at }) => [kind, Math.round(at * 14)])).toEqual([
    ['past', 0],
    ['past', 7],
    ['past', 12],
    ['removed', 13],
  ]);
});

test('moves that can’t be told apart are one mark, which knows them all; marks of a long row don’t run into one', () => {
  const close = Array.from({ length: 5 }, (_, at) => move(`i${at}`, `i${at + 1}`, 3 - at * 0.001));
  const { moments } = layOutLine(line(close), span);
  // with the one before the first of them
  expect(moments.at(-1)?.periods).toHaveLength(6);
  const nightly = Array.from({ length: 90 }, (_, at) => move(`i${at}`, `i${at + 1}`, 90 - at));
  expect(layOutLine(line(nightly), { from: now - 91 * day, to: now }).moments.length).toBeGreaterThan(40);
});

test('whatever is remembered, nothing is drawn outside of the line or from right to left, and no period is lost', () => {
  const times = fc.uniqueArray(fc.integer({ min: 1, max: 400_000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(times, fc.integer({ min: 0, max: 3000 }), (ago, unknown) => {
      const sorted = ago.toSorted((a, b) => b - a).map((minutes) => minutes / 10_000);
      const moves = sorted.map((at, place) =>
        move(`i${place}`, `i${place + 1}`, at, place % 3 === 0 ? 0 : Math.min(unknown / 10_000, (sorted[place - 1] ?? 99) - at)),
      );
      const { stretches, moments } = layOutLine(line(moves), span);
      for (const { start, end } of stretches) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(1);
        expect(end).toBeGreaterThanOrEqual(start);
      }
      const drawn = moments.flatMap(({ periods }) => periods.map(({ key }) => key));
      const inSight = periodsOf(line(moves)).filter(({ ended }) => !ended || ended.at > span.from);
      expect(drawn).toEqual(inSight.map(({ key }) => key));
    }),
    { numRuns: 300 },
  );
});

test('days begin at midnight; weekends are marked; of three months, weeks are', () => {
  const days = daysOf(span);
  expect(days).toHaveLength(15);
  expect(days.filter(({ isWeekend }) => isWeekend)).toHaveLength(4);
  expect(daysOf({ from: now - 91 * day, to: now }).length).toBeLessThan(16);
});

test('an image is called by a tag that stays where it is', () => {
  const lines = [line([move(undefined, 'a', 9)], '2.3.0'), line([move('x', 'a', 3)], 'latest'), line([move(undefined, 'a', 9)], 'v2')];
  const titleOf = titleImages(lines);
  expect(titleOf('a', 'latest')).toBe('2.3.0');
  expect(titleOf('a', '2.3.0')).toBe('v2');
  expect(titleOf('x', 'latest')).toBeUndefined();
});

test('times are said as people say them, and unknown ones as spans', () => {
  expect([0, 1, 2, 10, 400].map((days) => dayWords(now - days * day, now))).toEqual([
    'today',
    'yesterday',
    'on Monday',
    'on 15 Nov',
    'on 21 Oct 2025',
  ]);
  expect(moveWords(move('a', 'b', 0), now)).toBe('today at 12:00');
  expect(moveWords(move('a', 'b', 1, 1), now)).toBe('at some time between Monday at 12:00 and yesterday at 12:00');
  expect(lineWords(line([move(undefined, 'a', 3)]), now)).toBe('never moved');
  expect(lineWords(line([move(undefined, 'a', 3), move('a', undefined, 2)]), now)).toBe('removed on Mon');
});

test('what a tag was is called by its last whole day, or by a time of a day', () => {
  const wordsOf = (...moves: TagMove[]) => periodsOf(line(moves)).map((period) => periodWords(period, now));
  expect(wordsOf(move(undefined, 'a', 7), move('a', 'b', 0.1))[0]).toBe('yesterday');
  expect(wordsOf(move(undefined, 'a', 7), move('a', 'b', 1.1))[0]).toBe('on Monday');
  expect(wordsOf(move(undefined, 'a', 0.2), move('a', 'b', 0.1))[0]).toMatch(/^today at 07:12$/);
});
