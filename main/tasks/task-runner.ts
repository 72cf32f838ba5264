import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import pLimit from 'p-limit';
import type { LogLine, Progress, Task, TaskRequest } from '../../contract/task.ts';
import { FailureError, toFailure } from '../foundation/failures/failure.ts';
import { addSample, paceOf, quietAfter, type Sample } from './pace.ts';
import type { Operations, PreparedOperation } from './prepared-operation.ts';
import { TaskLog } from './task-log.ts';

/** Milliseconds between two published states of a running task: the window paints a frame for each, with the cores that do the work. */
const publishEvery = 200;
/** How many long tasks run at the same time; others wait their turn. */
const atOnce = 6;
/** Milliseconds for a cancelled operation to clean up before its task ends without it. */
const cleanUpWithin = 5000;
/** How many ended tasks are kept; failures are never dropped for newer ones. */
const keptEnded = 200;

type Entry = {
  task: Task;
  sharedAs: string | undefined;
  log: TaskLog;
  abort: AbortController;
  samples: Sample[];
  ended: Promise<void>;
  logWritten?: Promise<void>;
  timer?: NodeJS.Timeout;
  /** By the clock that nobody sets, in milliseconds. */
  publishedAt: number;
  /** Runs until the pace expires, if nothing more is reported. */
  quiet?: NodeJS.Timeout;
};

/** Runs every long operation and is the only owner of its state. Publishes complete tasks, never differences. */
export class TaskRunner extends EventEmitter<{ task: [Task]; dismissed: [string] }> {
  readonly #entries = new Map<string, Entry>();
  readonly #operations: Operations;
  readonly #turns = pLimit(atOnce);
  readonly #logFileOf: (task: Task) => string | undefined;

  /** `logFileOf` gives the file for a task's complete log; most tasks have none. */
  constructor(operations: Operations, logFileOf: (task: Task) => string | undefined = () => undefined) {
    super();
    this.#operations = operations;
    this.#logFileOf = logFileOf;
  }

  get tasks(): Task[] {
    return [...this.#entries.values()].map(({ task }) => task);
  }

  /** Adds tasks of an earlier session, which have all ended. */
  restore(tasks: Task[]): void {
    for (const task of tasks) {
      const log = new TaskLog();
      void log.end();
      const ended = {
        sharedAs: undefined,
        abort: new AbortController(),
        samples: [],
        publishedAt: -publishEvery,
        ended: Promise.resolve(),
      };
      this.#entries.set(task.id, { task, log, ...ended });
    }
  }

  /** Starts or queues an operation and returns its task's id, or that of a task doing the same. Throws if the request is impossible. */
  start(request: TaskRequest, at?: string): string {
    const run = this.#operations.prepare(request, at);
    const isSame = (entry: Entry) => entry.sharedAs === run.sharedAs && entry.task.at === run.at && isJoinable(entry);
    const same = run.sharedAs && [...this.#entries.values()].find(isSame);
    if (same) return same.task.id;
    const id = randomUUID();
    const task: Task = {
      id,
      kind: request.kind,
      title: run.title,
      request,
      ...(run.at !== undefined && { at: run.at }),
      state: 'queued',
      createdAt: Date.now(),
      progress: { phase: 'starting' },
      logLines: 0,
    };
    const entry: Entry = {
      task,
      sharedAs: run.sharedAs,
      log: new TaskLog(this.#logFileOf(task)),
      abort: new AbortController(),
      samples: [],
      publishedAt: -publishEvery,
      ended: Promise.resolve(),
    };
    this.#entries.set(id, entry);
    entry.abort.signal.addEventListener('abort', () => this.#cancelQueued(entry), { once: true });
    const begin = () => this.#run(entry, run);
    entry.ended = run.isQuick ? Promise.resolve().then(begin) : this.#turns(begin);
    this.#publish(entry);
    return id;
  }

  /** Only asks the operation to stop; that it has stopped shows in the task's state. */
  cancel(id: string): void {
    this.#entry(id).abort.abort();
  }

  retry(id: string): string {
    const { request, at } = this.#entry(id).task;
    return this.start(request, at);
  }

  dismiss(id: string): void {
    const { task } = this.#entry(id);
    if (!isOver(task)) return;
    this.#entries.delete(id);
    this.emit('dismissed', id);
  }

  /** Dismisses all tasks that succeeded or were cancelled; failures stay until each is dismissed. */
  dismissEnded(): void {
    for (const task of this.tasks) if (task.state === 'succeeded' || task.state === 'cancelled') this.dismiss(task.id);
  }

  task(id: string): Task {
    return this.#entry(id).task;
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  /** Resolves when the complete log of an ended task is in its file. */
  async logWritten(id: string): Promise<void> {
    await this.#entries.get(id)?.logWritten;
  }

  followLog(id: string, after: number, signal: AbortSignal | undefined): AsyncGenerator<LogLine[]> {
    return this.#entry(id).log.follow(after, signal);
  }

  /** Cancels everything and waits until each operation has cleaned up. */
  async close(): Promise<void> {
    const entries = [...this.#entries.values()];
    for (const { abort } of entries) abort.abort();
    await Promise.allSettled(entries.map(({ ended }) => ended));
  }

  #entry(id: string): Entry {
    const entry = this.#entries.get(id);
    if (entry) return entry;
    throw new FailureError({
      kind: 'not-found',
      title: 'This task is no longer in the list',
      detail: 'It was dismissed, or Layerdeck was restarted in the meantime.',
    });
  }

  #cancelQueued(entry: Entry): void {
    if (entry.task.state === 'queued') this.#end(entry, { state: 'cancelled' });
  }

  async #run(entry: Entry, run: PreparedOperation): Promise<void> {
    const { signal } = entry.abort;
    if (signal.aborted) return;
    this.#update(entry, { state: 'running', startedAt: Date.now() });
    try {
      const context = {
        id: entry.task.id,
        signal,
        report: (progress: Progress) => this.#report(entry, progress),
        log: entry.log.add.bind(entry.log),
      };
      const result = await Promise.race([run.run(context), givenUp(signal)]);
      this.#end(entry, { state: 'succeeded', result });
    } catch (error) {
      // an aborted request fails in many ways; what counts is that the person stopped it
      this.#end(entry, signal.aborted ? { state: 'cancelled' } : { state: 'failed', failure: toFailure(error) });
    }
  }

  #report(entry: Entry, progress: Progress): void {
    if (isOver(entry.task)) return; // one of the operation's timers may still fire once
    const before = entry.task.progress;
    const next = { ...progress, ...(progress.fraction !== undefined && { fraction: neverFalling(before.fraction, progress.fraction) }) };
    if (progress.bytes) {
      entry.samples = addSample(entry.samples, { at: Date.now(), done: progress.bytes.done });
      clearTimeout(entry.quiet);
      entry.quiet = setTimeout(() => this.#publish(entry), quietAfter).unref();
    }
    entry.task = { ...entry.task, progress: next };
    // another phase is told at once, and so is what comes after a silence
    if (next.phase !== before.phase) this.#publish(entry);
    else entry.timer ??= setTimeout(() => this.#publish(entry), Math.max(0, entry.publishedAt + publishEvery - performance.now()));
  }

  #update(entry: Entry, change: Partial<Task>): void {
    entry.task = { ...entry.task, ...change };
    this.#publish(entry);
  }

  #end(entry: Entry, change: Partial<Task>): void {
    entry.logWritten = entry.log.end();
    clearTimeout(entry.quiet);
    const { progress } = entry.task;
    const finished = change.state === 'succeeded' && progress.fraction !== undefined ? { ...progress, fraction: 1 } : progress;
    this.#update(entry, { ...change, progress: finished, endedAt: Date.now() });
    this.#forgetOldest();
  }

  #publish(entry: Entry): void {
    clearTimeout(entry.timer);
    delete entry.timer;
    entry.publishedAt = performance.now();
    const pace = isOver(entry.task) ? undefined : paceOf(entry.samples, entry.task.progress.bytes?.total, Date.now());
    const { pace: _old, ...task } = entry.task;
    entry.task = { ...task, ...(pace && { pace }), logLines: entry.log.count };
    if (this.#entries.has(task.id)) this.emit('task', entry.task);
  }

  #forgetOldest(): void {
    const ended = this.tasks.filter(({ state }) => state === 'succeeded' || state === 'cancelled');
    for (const { id } of ended.slice(0, Math.max(0, ended.length - keptEnded))) this.dismiss(id);
  }
}

// a hanging engine answers no request, and some requests cannot be aborted: a task must not wait for it forever
async function givenUp(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort');
  return new Promise((_, reject) => setTimeout(() => reject(signal.reason), cleanUpWithin).unref());
}

// a task that is being stopped is of no use to a new request
const isJoinable = ({ task, abort }: Entry): boolean => !isOver(task) && !abort.signal.aborted;

const isOver = ({ state }: Task): boolean => state !== 'queued' && state !== 'running';

// 1 is reserved for success: until then there is always something left to do
const neverFalling = (before: number | undefined, now: number): number => Math.min(0.99, Math.max(before ?? 0, now, 0));
