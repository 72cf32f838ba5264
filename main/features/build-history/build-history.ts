import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { BuildInputs } from '../../../contract/build.ts';
import type { AddedBuild, BuildRecord, BuildSummary, BuiltLayer } from '../../../contract/build-record.ts';
import type { LogLine, Task } from '../../../contract/task.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { FailureError } from '../../foundation/failures/failure.ts';
import { isThere } from '../../foundation/files/is-there.ts';
import { readLogFile } from '../../foundation/files/log-file.ts';
import { writeWhole } from '../../foundation/files/write-whole.ts';
import { TakenIn } from './adopted/taken-in.ts';
import { BuildRecording, type RecordedOrder } from './build-recording.ts';
import { BuildStore } from './build-store.ts';
import { findBefore, findBeforeKept } from './find-before.ts';
import { type KeptBuild, type KnownBuild, summarise } from './kept-build.ts';
import { sizesOfSteps } from './layers-of-build.ts';
import { lastBatches } from './read-kept-log.ts';

type Live = {
  recording: BuildRecording;
  engine: Engine;
  order: RecordedOrder;
  task: Task;
  previous: Promise<KeptBuild | undefined>;
  /** Resolves when the start of the build is on disk. */
  begun: Promise<void>;
  finished?: Promise<void>;
};

export type HistoryOptions = {
  /** The history's folder. */
  root: string;
  readLayers(engine: Engine, imageId: string): Promise<BuiltLayer[]>;
};

/** Every build of this session and earlier ones: what it was made from, how it went, and why its steps were built again. */
export class BuildHistory extends EventEmitter<{ build: [BuildSummary]; forgotten: [string[]] }> {
  readonly #store: BuildStore;
  readonly #options: HistoryOptions;
  readonly #takenIn: TakenIn;
  readonly #live = new Map<string, Live>();
  /** Builds that are queued or running. */
  readonly #noticed = new Map<string, Task>();
  #salt = '';

  constructor(options: HistoryOptions) {
    super();
    this.#options = options;
    this.#store = new BuildStore(options.root);
    this.#takenIn = new TakenIn({
      store: this.#store,
      salt: () => this.#salt,
      readLayers: options.readLayers,
      isOwn: (ref) => this.isOwn(ref),
      stored: () => this.#stored(),
      tell: ({ summary, gone }) => {
        this.emit('build', summary);
        if (gone.length > 0) this.emit('forgotten', gone);
      },
    });
  }

  /** Reads the stored history. A folder that cannot be used costs the history, never the app. */
  async load(): Promise<void> {
    await this.#store.load().catch(() => {});
    const file = join(this.#options.root, 'salt');
    this.#salt = await readFile(file, 'utf8').catch(() => '');
    if (this.#salt !== '') return;
    this.#salt = randomBytes(32).toString('hex');
    await writeWhole(file, this.#salt).catch(() => {});
  }

  /** The newest first. */
  get summaries(): BuildSummary[] {
    const live = [...this.#live.values()].map(({ task, order }) => summarise(task, order.folder, order.dockerfile));
    return [...live.reverse(), ...this.#store.summaries];
  }

  /** The file that holds, or will hold, what a build read of its context. */
  contextFile(id: string): string {
    return this.#store.fileOf(id, 'context.gz');
  }

  /** The file that holds, or will hold, a build's complete log. */
  logFile(id: string): string {
    return this.#store.fileOf(id, 'log');
  }

  /** Starts to record a build; the recording watches while it runs. */
  begin(id: string, engine: Engine, order: RecordedOrder): BuildRecording {
    const task = this.#noticed.get(id);
    if (!task) throw new Error('a build begins without a task');
    const before = findBefore(this.#store.summaries, order);
    const recording = new BuildRecording({
      engine,
      order,
      contextFile: this.contextFile(id),
      ...(before && { previousContext: this.contextFile(before.id) }),
      salt: this.#salt,
      readLayers: (imageId) => this.#options.readLayers(engine, imageId),
    });
    const previous = before ? this.#store.read(before.id).catch(() => undefined) : Promise.resolve(undefined);
    // if the disk cannot be written to, that is reported at the end
    const begun = recording
      .soFar(task)
      .then((known) => this.#store.begin(known))
      .catch(() => {});
    this.#live.set(id, { recording, engine, order, previous, task, begun });
    this.emit('build', summarise(task, order.folder, order.dockerfile));
    return recording;
  }

  /** Takes BuildKit's own name for a build that begins now. It is written down at once: after a crash, the engine still tells of the build. */
  noteRef(id: string, ref: string): void {
    const live = this.#live.get(id);
    if (!live) return;
    live.recording.noteRef(ref);
    live.begun = live.begun
      .then(() => live.recording.soFar(live.task))
      .then((known) => this.#store.begin(known))
      .catch(() => {});
  }

  /** Takes in a build of another tool, as `TakenIn` says. */
  adopt(...args: Parameters<TakenIn['adopt']>): Promise<void> {
    return this.#takenIn.adopt(...args);
  }

  /** Takes in a build from a file, as `TakenIn` says. */
  add(...args: Parameters<TakenIn['add']>): Promise<AddedBuild> {
    return this.#takenIn.add(...args);
  }

  /** Whether Layerdeck itself had a build made, by BuildKit's name for it. */
  isOwn(ref: string): boolean {
    const isLive = [...this.#live.values()].some(({ recording }) => recording.ref === ref);
    return isLive || this.#store.summaries.some((one) => one.ref === ref && !one.origin);
  }

  /** Whether a build is stored. */
  has(id: string): boolean {
    return this.#store.keeps(id);
  }

  /** Takes every change of a task; stores the build when it has ended. */
  notice(task: Task): void {
    if (task.kind !== 'build') return;
    const isOver = task.state !== 'running' && task.state !== 'queued';
    if (isOver) this.#noticed.delete(task.id);
    else this.#noticed.set(task.id, task);
    const live = this.#live.get(task.id);
    if (!live || live.finished) return;
    const isNew = live.task.state !== task.state;
    live.task = task;
    if (isNew) this.emit('build', summarise(task, live.order.folder, live.order.dockerfile));
    if (isOver) live.finished = this.#finish(task, live);
  }

  /** Reads a stored build. Rejects with a failure if it no longer exists. */
  async read(id: string): Promise<KeptBuild> {
    if (!this.isOver(id)) throw stillRuns;
    await this.#live.get(id)?.finished;
    try {
      return await this.#store.read(id);
    } catch {
      throw gone;
    }
  }

  /** A build as the window shows it. */
  async record(id: string): Promise<BuildRecord> {
    const build = await this.read(id);
    const { task, folder, argDigests } = build;
    return {
      task,
      folder: { name: basename(folder), path: folder },
      withheldArgs: Object.keys(argDigests),
      sizes: sizesOfSteps(build),
      hasLog: await isThere(this.logFile(id)),
    };
  }

  /** The build to compare with: the last earlier one with the same folder, Dockerfile and target. */
  async before(id: string): Promise<KnownBuild | undefined> {
    const live = this.#live.get(id);
    if (live && !live.finished) return live.previous;
    // the build before may still be on its way to disk
    await this.#stored();
    const summary = this.#store.summaries.find((one) => one.id === id);
    const before = summary && findBeforeKept(this.#store.summaries, summary);
    return before && this.#store.read(before.id).catch(() => undefined);
  }

  /** Resolves when what a build has read of its context so far can be compared. */
  async settle(id: string): Promise<void> {
    const live = this.#live.get(id);
    if (live && !live.finished) await live.recording.settle();
  }

  /** Whether a build has ended and is being stored or is stored. */
  isOver(id: string): boolean {
    const live = this.#live.get(id);
    return !live || live.finished !== undefined;
  }

  /** What is known of a build: if it is still running, what it has reported so far. */
  async known(id: string): Promise<KnownBuild> {
    const live = this.#live.get(id);
    return live && !live.finished ? live.recording.soFar(live.task) : this.read(id);
  }

  /** The end of a stored log in batches. */
  followLog(id: string, after: number, signal: AbortSignal | undefined): AsyncGenerator<LogLine[]> {
    return lastBatches(readLogFile(this.logFile(id)), after, signal);
  }

  /** What was chosen for this folder last time, the arguments whose values were not stored, and the Dockerfile's path. */
  async lastBuild(folder: string): Promise<{ inputs: BuildInputs; withheldArgs: string[]; dockerfile: string } | undefined> {
    const last = this.#store.summaries.find((one) => one.folder.path === folder);
    const kept = last && (await this.#store.read(last.id).catch(() => undefined));
    if (kept?.task.request.kind !== 'build') return undefined;
    return { inputs: inputsOf(kept.task.request), withheldArgs: Object.keys(kept.argDigests), dockerfile: kept.dockerfile.path };
  }

  async forget(ids: string[]): Promise<void> {
    const known = ids.filter((id) => !this.#live.has(id));
    await this.#store.forget(known);
    this.emit('forgotten', known);
  }

  /** Stops recording. Builds that have ended are stored first, but for three seconds at most. */
  async close(): Promise<void> {
    const all = [...this.#live.values()];
    const late = new Promise<void>((resolve) => setTimeout(resolve, 3000).unref());
    await Promise.race([Promise.allSettled(all.map(({ finished }) => finished)), late]);
    await Promise.all(all.map(({ recording }) => recording.abandon()));
  }

  #stored(): Promise<unknown> {
    return Promise.all([...this.#live.values()].map(({ finished }) => finished));
  }

  async #finish(task: Task, { recording, previous, order, begun }: Live): Promise<void> {
    try {
      await begun;
      const kept = await recording.finish(task, await previous);
      const gone = await this.#store.keep(kept, summarise(kept.task, order.folder, order.dockerfile));
      if (gone.length > 0) this.emit('forgotten', gone);
    } catch {
      // a full disk costs the record but does not harm the build; a start without an end would be a lie
      await this.#store.erase(task.id).catch(() => {});
      this.emit('forgotten', [task.id]);
    } finally {
      this.#live.delete(task.id);
    }
  }
}

function inputsOf({ kind: _, folder: __, ...inputs }: Extract<Task['request'], { kind: 'build' }>): BuildInputs {
  return inputs;
}

const stillRuns = new FailureError({
  kind: 'in-use',
  title: 'This build is still running',
  detail: 'What it did is only fully known when it has ended.',
});

const gone = new FailureError({
  kind: 'not-found',
  title: 'This build is no longer in the history',
  detail: 'Old builds make room for new ones, and a build that is stopped in its first moments isn’t kept.',
});
