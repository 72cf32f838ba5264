import { expect, test } from 'vitest';
import { TaskLog } from '../../main/tasks/task-log.ts';

test('a reader gets every line with its number, even those that arrive while it reads', async () => {
  const log = new TaskLog();
  log.add('one\ntwo');
  const numbers: number[] = [];
  for await (const lines of log.follow(0, undefined)) {
    numbers.push(...lines.map(({ number }) => number));
    if (numbers.length === 2) log.add('three', { step: 's' });
    else log.end();
  }
  expect(numbers).toEqual([1, 2, 3]);
});

test('a reader that comes back asks only for what it has not seen', async () => {
  const log = new TaskLog();
  log.add('one\ntwo\nthree');
  log.end();
  const [lines] = await Array.fromAsync(log.follow(2, undefined));
  expect(lines).toEqual([{ number: 3, text: 'three' }]);
});

test('the oldest lines of a long log go, the numbers stay true', async () => {
  const log = new TaskLog();
  for (let i = 0; i < 60_000; i++) log.add(`line ${i}`);
  log.end();
  const lines = (await Array.fromAsync(log.follow(0, undefined))).flat();
  expect(log.count).toBe(60_000);
  expect(lines.length).toBeLessThanOrEqual(25_000);
  expect(lines.at(-1)).toEqual({ number: 60_000, text: 'line 59999' });
});

test('a reader that goes away is let go', async () => {
  const log = new TaskLog();
  const stop = new AbortController();
  const reading = Array.fromAsync(log.follow(0, stop.signal));
  stop.abort();
  expect(await reading).toEqual([]);
});

test('of a progress bar that redraws itself in one line, the last state stays', async () => {
  const log = new TaskLog();
  log.add('10 %\r50 %\r100 %\r\ndone');
  log.end();
  expect((await Array.fromAsync(log.follow(0, undefined))).flat().map(({ text }) => text)).toEqual(['100 %', 'done']);
});

test('a line that is too long for the window says that it was cut', async () => {
  const log = new TaskLog();
  log.add('x'.repeat(4000));
  log.add('ü'.repeat(4001));
  log.end();
  const [whole, cut] = (await Array.fromAsync(log.follow(0, undefined))).flat();
  expect(whole?.text).toBe('x'.repeat(4000));
  expect(cut?.text).toMatch(/^ü+ … \[cut here: the line goes on\]$/);
});
