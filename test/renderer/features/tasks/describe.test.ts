import { describe, expect, it } from 'vitest';
import type { Task } from '../../../../contract/task.ts';
import { describeProgress } from '../../../../renderer/features/tasks/describe-progress.ts';
import { describeResult } from '../../../../renderer/features/tasks/describe-result.ts';
import { groupTasks } from '../../../../renderer/features/tasks/group-tasks.ts';

const now = 100_000;
const task = (more: Partial<Task> = {}): Task => ({
  id: '0',
  kind: 'pull',
  title: 'Get app:1',
  request: { kind: 'pull', reference: 'app:1' },
  state: 'running',
  createdAt: 0,
  startedAt: now - 8000,
  progress: { phase: 'downloading' },
  logLines: 0,
  ...more,
});
const line = (more: Partial<Task>) => describeProgress(task(more), now).replaceAll('\u00a0', ' ');

describe('describeProgress', () => {
  it('says bytes, speed and time left if all are known', () => {
    const bytes = { done: 27_300_000, total: 42_000_000 };
    expect(line({ progress: { phase: 'downloading', fraction: 0.65, bytes }, pace: { bytesPerSecond: 2_100_000, secondsLeft: 7 } })).toBe(
      '27.3 of 42.0 MB · 2.1 MB/s · about 7 s left',
    );
  });

  it('counts the time up if the end isn’t known', () => {
    expect(line({})).toBe('Downloading · 8 s');
    expect(line({ progress: { phase: 'downloading', bytes: { done: 5_000_000 } }, pace: { bytesPerSecond: 1_000_000 } })).toBe(
      '5.0 MB · 1.0 MB/s · 8 s',
    );
  });

  it('names the phases in which bytes alone would mislead', () => {
    expect(line({ progress: { phase: 'unpacking', fraction: 0.9, bytes: { done: 9_000_000, total: 10_000_000 } } })).toBe(
      'Unpacking · 9.0 of 10.0 MB',
    );
  });

  it('calls a guess a guess, and drops one that turned out too small', () => {
    const guess = (done: number) => ({
      progress: { phase: 'writing' as const, fraction: 0.5, bytes: { done, total: 10_000_000, estimated: true } },
    });
    expect(line(guess(5_000_000))).toBe('5.0 of about 10.0 MB');
    expect(line(guess(12_000_000))).toBe('12.0 MB');
  });

  it('says which step of a build runs', () => {
    const steps = [
      { id: 'x', instruction: 'load build context', state: 'built' as const },
      { id: 'a', stage: 's', number: 1, instruction: 'FROM alpine', state: 'cached' as const },
      { id: 'b', stage: 's', number: 2, instruction: 'COPY . /app', state: 'running' as const },
    ];
    expect(line({ progress: { phase: 'building', build: { builder: 'buildkit', steps } } })).toBe(
      'Step 2 of 2, Copy your files into /app · 8 s',
    );
  });
});

it('says what the result is', () => {
  const done = (result: Task['result']) => describeResult(task({ state: 'succeeded', result }), now).replaceAll('\u00a0', ' ');
  expect(done({ kind: 'pull', reference: 'app:1', alreadyUpToDate: true })).toBe('Nothing to download: it was up to date');
  expect(
    done({ kind: 'push', pushed: [{ reference: 'app:1', digest: 'x' }], sentLayers: 2, sentBytes: 42_000_000, presentLayers: 7 }),
  ).toBe('2 layers sent, 42.0 MB');
  expect(done({ kind: 'load', loaded: ['a:1', 'b:1'], keptBack: [] })).toBe('a:1 and b:1');
});

it('puts what needs a person first and leaves out empty groups', () => {
  const tasks = [
    task({ id: 'old', state: 'succeeded', endedAt: 5 }),
    task({ id: 'new', state: 'cancelled', endedAt: 9 }),
    task({ id: 'bad', state: 'failed' }),
  ];
  expect(groupTasks(tasks).map(({ name, tasks: inside }) => [name, inside.map(({ id }) => id)])).toEqual([
    ['Needs attention', ['bad']],
    ['Finished', ['new', 'old']],
  ]);
});
