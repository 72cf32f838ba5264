import * as z from 'zod';
import { type Task, TaskRequest } from '../../contract/task.ts';
import { interrupted } from '../foundation/failures/interrupted.ts';
import { JsonFile } from '../foundation/files/json-file.ts';

/** The most transfers to store; the oldest go first. */
const most = 100;

const kinds: ReadonlySet<string> = new Set(['pull', 'push', 'copy', 'save', 'load', 'import', 'send']);

// what the window cannot do without; entries with less are left out
const Kept = z.looseObject({
  id: z.uuid(),
  kind: z.string(),
  title: z.string(),
  request: TaskRequest,
  state: z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']),
  createdAt: z.number(),
  progress: z.looseObject({ phase: z.string() }),
  logLines: z.number(),
});

/** Pulls, pushes, copies, saves and loads of this session and earlier ones, until they are dismissed. */
export class KeptTransfers {
  readonly #file: JsonFile<unknown[]>;
  #tasks = new Map<string, Task>();

  constructor(file: string) {
    this.#file = new JsonFile(file, z.array(z.unknown()));
  }

  /** Tasks of earlier sessions, the oldest first. Those still running when Layerdeck was killed become interrupted. */
  async load(): Promise<Task[]> {
    const lines = (await this.#file.read()) ?? [];
    const tasks = lines.filter((line) => Kept.safeParse(line).success) as Task[];
    this.#tasks = new Map(tasks.filter(({ kind }) => kinds.has(kind)).map((task) => [task.id, ended(task)]));
    return [...this.#tasks.values()];
  }

  /** Takes every change of a task; only a new state is stored. */
  notice(task: Task): void {
    if (!kinds.has(task.kind) || this.#tasks.get(task.id)?.state === task.state) return;
    this.#tasks.set(task.id, withoutDetails(task));
    for (const id of [...this.#tasks.keys()].slice(0, -most)) this.#tasks.delete(id);
    this.#save();
  }

  forget(id: string): void {
    if (this.#tasks.delete(id)) this.#save();
  }

  /** Resolves when everything is on disk. */
  close(): Promise<void> {
    return this.#file.settled();
  }

  #save(): void {
    this.#file.write(() => [...this.#tasks.values()]).catch(() => {}); // a full disk costs the list, not the transfer
  }
}

const ended = (task: Task): Task =>
  task.state === 'running' || task.state === 'queued' ? { ...task, state: 'failed', failure: interrupted } : task;

// hundreds of layers no longer matter, and the log is gone with the session
function withoutDetails({ pace: _pace, ...task }: Task): Task {
  const { layers: _layers, build: _build, ...progress } = task.progress;
  return { ...task, progress, logLines: 0 };
}
