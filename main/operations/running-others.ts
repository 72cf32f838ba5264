import { EventEmitter } from 'node:events';
import type { BuildOrigin, BuildSummary } from '../../contract/build-record.ts';
import type { LogLine, Task } from '../../contract/task.ts';
import { runningTask } from '../features/build-history/adopted/adopted-build.ts';
import { summarise } from '../features/build-history/kept-build.ts';
import { RecordedFold } from '../features/builds/recorded/recorded-fold.ts';
import type { BuildHistoryRecord, StatusResponse } from '../foundation/buildkit/protocols.ts';
import type { RunningBuild } from '../foundation/buildkit/recorded-build.ts';
import { FailureError } from '../foundation/failures/failure.ts';
import { TaskLog } from '../tasks/task-log.ts';

/** Milliseconds between two published states of a build, as for own ones. */
const publishEvery = 100;

type Entry = { fold: RecordedFold; log: TaskLog; task: Task; origin: BuildOrigin; timer?: NodeJS.Timeout };

/** A build that is shown. It stays until it is known how it ended: an end of what it tells says nothing of that. */
export type ShownBuild = {
  take(status: StatusResponse): void;
  /** Once it is known how it ended. */
  remove(): void;
  /** If it can't be known any more. */
  lose(): void;
};

/** Builds of other tools while they run: each as a whole task, which nobody here can stop. */
export class RunningOthers extends EventEmitter<{ begun: [BuildSummary]; task: [Task]; over: [string] }> {
  readonly #entries = new Map<string, Entry>();
  /** Ids of those whose end nobody told. */
  readonly #lost = new Set<string>();

  get tasks(): Task[] {
    return [...this.#entries.values()].map(({ task }) => task);
  }

  get summaries(): BuildSummary[] {
    return [...this.#entries.values()].map(summaryOf);
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  /** Its text isn't known before the build has ended. */
  dockerfile(id: string): RunningBuild['dockerfile'] | undefined {
    return this.#entries.get(id)?.fold.soFar.dockerfile;
  }

  followLog(id: string, after: number, signal: AbortSignal | undefined): AsyncGenerator<LogLine[]> {
    const log = this.#entries.get(id)?.log;
    if (!log) throw new Error('this build does not run');
    return log.follow(after, signal);
  }

  /** Why a build that ran is in no list, if nobody told how it ended. */
  failureOf(id: string): FailureError | undefined {
    return this.#lost.has(id) ? lost : undefined;
  }

  /** Shows a build from its beginning; one that an earlier connection told of is told anew. */
  show(id: string, record: BuildHistoryRecord): ShownBuild {
    const log = new TaskLog();
    const fold = new RecordedFold(record, '', (text, options) => log.add(text, options));
    const { origin } = fold.soFar;
    const entry: Entry = { fold, log, task: runningTask(id, fold.soFar, 0), origin };
    this.#remove(id, this.#entries.get(id));
    this.#entries.set(id, entry);
    this.#lost.delete(id);
    this.emit('begun', summaryOf(entry));
    this.emit('task', entry.task);
    return {
      take: (status) => {
        fold.take(status);
        if (this.#entries.get(id) === entry) entry.timer ??= setTimeout(() => this.#publish(id, entry), publishEvery);
      },
      remove: () => this.#remove(id, entry),
      lose: () => {
        if (this.#entries.get(id) === entry) this.#lost.add(id);
        this.#remove(id, entry);
      },
    };
  }

  #remove(id: string, entry: Entry | undefined): void {
    // another connection may have shown it anew
    if (!entry || this.#entries.get(id) !== entry) return;
    clearTimeout(entry.timer);
    this.#entries.delete(id);
    void entry.log.end();
    this.emit('over', id);
  }

  #publish(id: string, entry: Entry): void {
    delete entry.timer;
    entry.task = runningTask(id, entry.fold.soFar, entry.log.count);
    this.emit('task', entry.task);
  }
}

const lost = new FailureError({
  kind: 'interrupted',
  title: 'It isn’t known how this build ended',
  detail: 'Layerdeck lost sight of the engine while another tool had this built. If the build goes on, it appears again with the engine.',
});

const summaryOf = ({ task, origin }: Entry): BuildSummary => summarise(task, '', undefined, origin);
