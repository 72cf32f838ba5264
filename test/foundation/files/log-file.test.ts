import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { saveLogAs } from '../../../main/features/build-history/read-kept-log.ts';
import { readLogFile } from '../../../main/foundation/files/log-file.ts';
import { PartialFiles } from '../../../main/foundation/files/partial-files.ts';
import { TaskLog } from '../../../main/tasks/task-log.ts';
import { WorkFolder } from '../../support/work-folder.ts';

test('every line goes to the file, with its step, even those long gone from memory', async () => {
  using folder = new WorkFolder();
  const log = new TaskLog(folder.file('kept/log'));
  for (let i = 0; i < 60_000; i++) log.add(`line ${i}`, { step: i % 1000 < 500 ? 'a' : 'b' });
  log.add('bad', { step: 'b', isError: true });
  await log.end();
  const lines = await Array.fromAsync(readLogFile(folder.file('kept/log')));
  expect(lines).toHaveLength(60_001);
  expect(lines[0]).toEqual({ number: 1, text: 'line 0', step: 'a' });
  expect(lines[59_999]).toEqual({ number: 60_000, text: 'line 59999', step: 'b' });
  expect(lines[60_000]).toEqual({ number: 60_001, text: 'bad', step: 'b', isError: true });
});

test('saved as text, with a heading for each step', async () => {
  using folder = new WorkFolder();
  const log = new TaskLog(folder.file('log'));
  log.add('hello', { step: 'a' });
  log.add('world', { step: 'a' });
  log.add('bye', { step: 'b' });
  await log.end();
  await saveLogAs(readLogFile(folder.file('log')), (step) => `RUN ${step}`, {
    partials: new PartialFiles(folder.file('journal.json')),
    path: folder.file('build.log'),
  });
  expect(readFileSync(folder.file('build.log'), 'utf8')).toBe('\n# RUN a\nhello\nworld\n\n# RUN b\nbye\n');
});

test('a log without a line has no file', async () => {
  using folder = new WorkFolder();
  await new TaskLog(folder.file('log')).end();
  await expect(Array.fromAsync(readLogFile(folder.file('log')))).rejects.toThrow();
});

test('a reader far behind a fast log sees its end, and once the log is complete everything that is still there', async () => {
  const log = new TaskLog();
  const reading = log.follow(0, undefined);
  log.add('first');
  expect((await reading.next()).value).toHaveLength(1);
  for (let i = 0; i < 10_000; i++) log.add(`line ${i}`);
  const { value } = await reading.next();
  expect(value?.length).toBeLessThanOrEqual(1000);
  expect(value?.at(-1)?.number).toBe(10_001);
  void log.end();
  const rest = (await Array.fromAsync(reading)).flat();
  expect(rest.map(({ number }) => number)).toEqual(Array.from({ length: 10_001 }, (_, i) => i + 1));
});
