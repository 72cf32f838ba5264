import { expect, test } from 'vitest';
import { addSample, paceOf, quietAfter, type Sample } from '../../main/tasks/pace.ts';

const feed = (samples: Sample[]) => samples.reduce<Sample[]>(addSample, []);

test('steady bytes give their speed and the seconds left', () => {
  const samples = feed(Array.from({ length: 21 }, (_, i) => ({ at: i * 100, done: i * 1000 })));
  expect(paceOf(samples, 30_000, 2000)).toEqual({ bytesPerSecond: 10_000, secondsLeft: 1 });
});

test('too little is known in the first moment', () => {
  expect(
    paceOf(
      feed([
        { at: 0, done: 0 },
        { at: 100, done: 50 },
      ]),
      100,
      100,
    ),
  ).toBeUndefined();
});

test('a standstill has no seconds left to name', () => {
  const samples = feed([
    { at: 0, done: 5 },
    { at: 1000, done: 5 },
  ]);
  expect(paceOf(samples, 100, 1000)).toEqual({ bytesPerSecond: 0 });
});

test('old samples no longer count', () => {
  const samples = feed([
    { at: 0, done: 0 },
    { at: 9000, done: 9_000_000 },
    { at: 9500, done: 9_000_050 },
    { at: 10_000, done: 9_000_100 },
  ]);
  expect(paceOf(samples, undefined, 10_000)).toEqual({ bytesPerSecond: 100 });
});

test('a count that starts again is measured afresh', () => {
  const samples = feed([
    { at: 0, done: 900 },
    { at: 1000, done: 10 },
    { at: 2000, done: 20 },
  ]);
  expect(paceOf(samples, undefined, 2000)).toEqual({ bytesPerSecond: 10 });
});

test('if nothing has come for a while, there is no speed', () => {
  const samples = feed(Array.from({ length: 21 }, (_, i) => ({ at: i * 100, done: i * 1000 })));
  expect(paceOf(samples, 30_000, 2000 + quietAfter - 1)).toBeDefined();
  expect(paceOf(samples, 30_000, 2000 + quietAfter)).toBeUndefined();
});
