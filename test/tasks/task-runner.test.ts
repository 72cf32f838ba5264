import { expect, test, vi } from 'vitest';
import type { Task, TaskRequest, TaskResult } from '../../contract/task.ts';
import { FailureError } from '../../main/foundation/failures/failure.ts';
import type { OperationContext } from '../../main/foundation/progress/operation-context.ts';
import { TaskRunner } from '../../main/tasks/task-runner.ts';

const request: TaskRequest = { kind: 'pull', reference: 'a:1' };
const result: TaskResult = { kind: 'pull', reference: 'a:1', alreadyUpToDate: false };

const runner = (run: (context: OperationContext) => Promise<TaskResult>) => new TaskRunner({ prepare: () => ({ title: 'Get a:1', run }) });

const untilEnded = (tasks: TaskRunner, id: string): Promise<Task> =>
  new Promise((resolve) => {
    const look = () => tasks.task(id).endedAt && resolve(tasks.task(id));
    tasks.on('task', look);
    look();
  });

const untilAborted = ({ signal }: OperationContext): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));

test('a task that succeeds ends at 1, with its result', async () => {
  const tasks = runner(async ({ report }) => {
    report({ phase: 'downloading', fraction: 0.5 });
    return result;
  });
  expect(await untilEnded(tasks, tasks.start(request))).toMatchObject({ state: 'succeeded', result, progress: { fraction: 1 } });
});

test('the fraction never falls and never reaches 1 before success', async () => {
  const tasks = runner(async ({ report }) => {
    for (const fraction of [0.4, 0.2, 7]) report({ phase: 'downloading', fraction });
    throw new Error('no');
  });
  const seen: number[] = [];
  tasks.on('task', ({ progress }) => progress.fraction !== undefined && seen.push(progress.fraction));
  const task = await untilEnded(tasks, tasks.start(request));
  expect(task.progress.fraction).toBe(0.99);
  expect(seen).toEqual([...seen].sort());
});

test('a failure keeps its words', async () => {
  const failure = { kind: 'in-use' as const, title: 'a', detail: 'b' };
  const tasks = runner(() => Promise.reject(new FailureError(failure)));
  expect(await untilEnded(tasks, tasks.start(request))).toMatchObject({ state: 'failed', failure });
});

test('whatever an aborted operation throws, the task was cancelled', async () => {
  const tasks = runner(untilAborted);
  const id = tasks.start(request);
  tasks.cancel(id);
  const task = await untilEnded(tasks, id);
  expect(task.state).toBe('cancelled');
  expect(task.failure).toBeUndefined();
});

test('only some tasks run at once, and one that waits can be cancelled at once', async () => {
  const tasks = runner(untilAborted);
  const ids = Array.from({ length: 8 }, () => tasks.start(request));
  await Promise.resolve();
  await new Promise(setImmediate);
  expect(tasks.tasks.map(({ state }) => state)).toEqual([...Array(6).fill('running'), 'queued', 'queued']);
  tasks.cancel(ids[7] as string);
  expect(tasks.task(ids[7] as string).state).toBe('cancelled');
  await tasks.close();
  expect(tasks.tasks.every(({ state }) => state === 'cancelled')).toBe(true);
});

test('a quick task never waits behind long ones', async () => {
  const tasks = new TaskRunner({
    prepare: ({ kind }) =>
      kind === 'tag'
        ? { title: 'Add the tag a:2', isQuick: true, run: async () => ({ kind: 'tag', reference: 'a:2' }) }
        : { title: 'Get a:1', run: untilAborted },
  });
  for (let number = 0; number < 8; number += 1) tasks.start(request);
  const tag = tasks.start({ kind: 'tag', image: `sha256:${'0'.repeat(64)}`, reference: 'a:2' });
  expect(await untilEnded(tasks, tag)).toMatchObject({ state: 'succeeded' });
  expect(tasks.tasks.filter(({ state }) => state === 'queued')).toHaveLength(2);
  await tasks.close();
});

test('a flood of reports is passed on at most ten times a second', async () => {
  let told = 0;
  const tasks = runner(async ({ report }) => {
    const end = Date.now() + 400;
    while (Date.now() < end) {
      for (let i = 0; i < 100; i++) report({ phase: 'downloading', fraction: 0.1 });
      await new Promise(setImmediate);
    }
    return result;
  });
  tasks.on('task', () => {
    told += 1;
  });
  await untilEnded(tasks, tasks.start(request));
  // queued, running, four or five states in between, and the end
  expect(told).toBeLessThanOrEqual(8);
});

test('clearing finished tasks leaves failed and running ones', async () => {
  let fail = true;
  const tasks = runner(() => (fail ? Promise.reject(new Error('no')) : Promise.resolve(result)));
  const failed = tasks.start(request);
  await untilEnded(tasks, failed);
  fail = false;
  await untilEnded(tasks, tasks.start(request));
  tasks.dismissEnded();
  expect(tasks.tasks.map(({ id }) => id)).toEqual([failed]);
  tasks.dismiss(failed);
  expect(tasks.tasks).toEqual([]);
});

test('a cancelled operation that waits for a hung engine does not hold up its task for ever', async () => {
  vi.useFakeTimers();
  try {
    const tasks = runner(() => new Promise(() => {}));
    const id = tasks.start(request);
    await vi.advanceTimersByTimeAsync(10);
    tasks.cancel(id);
    await vi.advanceTimersByTimeAsync(4900);
    expect(tasks.task(id).state).toBe('running');
    await vi.advanceTimersByTimeAsync(200);
    expect(tasks.task(id).state).toBe('cancelled');
  } finally {
    vi.useRealTimers();
  }
});

test('the speed disappears once nothing arrives any more', async () => {
  vi.useFakeTimers();
  try {
    const started: OperationContext[] = [];
    const tasks = runner((context) => {
      started.push(context);
      return untilAborted(context);
    });
    const id = tasks.start(request);
    await vi.advanceTimersByTimeAsync(0);
    for (const done of [0, 1000, 2000]) {
      started[0]?.report({ phase: 'downloading', bytes: { done, total: 10_000 } });
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(tasks.task(id).pace).toMatchObject({ bytesPerSecond: 1000 });
    await vi.advanceTimersByTimeAsync(6000);
    expect(tasks.task(id)).toMatchObject({ state: 'running', progress: { bytes: { done: 2000 } } });
    expect(tasks.task(id).pace).toBeUndefined();
    tasks.cancel(id);
    await vi.advanceTimersByTimeAsync(100);
  } finally {
    vi.useRealTimers();
  }
});
