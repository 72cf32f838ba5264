import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AppLog } from '../../../main/foundation/diagnostics/app-log.ts';
import { WorkFolder } from '../../support/work-folder.ts';

test('entries follow one another, each with its time and area, for their owner alone', async () => {
  using folder = new WorkFolder();
  const log = new AppLog(folder.file('deep/layerdeck.log'), { isDetailed: false });
  log.add('engine', 'Docker 28.5');
  log.add('task', 'of two\nlines');
  log.detail('task', () => 'for developers');
  await log.close();
  const text = readFileSync(log.path, 'utf8');
  expect(text.replaceAll(/^\S+Z /gm, '')).toBe('engine: Docker 28.5\ntask: of two\n  lines\n');
  expect(statSync(log.path).mode & 0o777).toBe(0o600);
});

test('details are written if they are wanted', async () => {
  using folder = new WorkFolder();
  const log = new AppLog(folder.file('layerdeck.log'), { isDetailed: true });
  log.detail('task', () => 'for developers');
  await log.close();
  expect(readFileSync(log.path, 'utf8')).toContain('task: for developers');
});

test('it stays small: it has the newest entries, the older file has those before, and earlier ones are gone', async () => {
  using folder = new WorkFolder();
  const log = new AppLog(folder.file('layerdeck.log'), { isDetailed: false });
  for (let number = 0; number < 1000; number++) log.add('task', `${number} ${'x'.repeat(2000)}`);
  await log.close();
  const [now, before] = [readFileSync(log.path, 'utf8'), readFileSync(`${log.path}.old`, 'utf8')];
  expect(now.length + before.length).toBeLessThanOrEqual(2 * 512 * 1024);
  expect(now).toContain('task: 999 ');
  expect(before + now).not.toContain('task: 1 ');
});

test('a log that cannot be written stops nobody', async () => {
  using folder = new WorkFolder();
  mkdirSync(folder.file('layerdeck.log'));
  const log = new AppLog(folder.file('layerdeck.log'), { isDetailed: false });
  log.add('task', 'x');
  await log.close();
  expect(existsSync(folder.file('layerdeck.log'))).toBe(true);
});

test('an error that ends the app is written at once, without its words', async () => {
  using folder = new WorkFolder();
  const log = new AppLog(folder.file('layerdeck.log'), { isDetailed: false });
  log.crash(Object.assign(new TypeError('token hunter2 is no number'), { code: 'E_ODD' }));
  const text = readFileSync(log.path, 'utf8');
  expect(text).toMatch(/crash: TypeError E_ODD\n\s+at .*app-log\.test\.ts/);
  expect(text).not.toContain('hunter2');
});
