import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { type Task, TaskRequest } from '../../contract/task.ts';
import { layerdeckEnded } from '../engine/layerdeck-ended.ts';

/** Transfers that are kept; the oldest go first. */
const most = 100;

const kinds: ReadonlySet<string> = new Set(['pull', 'push', 'copy', 'save', 'load', 'import']);

// what the window cannot do without; a line that has less is left out
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

/** What was got, published, copied, saved and loaded in this and former sessions, until it is taken off the list. */
export class KeptTransfers {
  readonly #file: string;
  #tasks = new Map<string, Task>();
  #written: Promise<void> = Promise.resolve();

  constructor(file: string) {
    this.#file = file;
  }

  /** Those of former sessions, the oldest first. What still went on when Layerdeck was killed has an end that nobody saw. */
  async load(): Promise<Task[]> {
    try {
      const lines: unknown = JSON.parse(await readFile(this.#file, 'utf8'));
      const tasks = (Array.isArray(lines) ? lines : []).filter((line) => Kept.safeParse(line).success) as Task[];
      this.#tasks = new Map(tasks.filter(({ kind }) => kinds.has(kind)).map((task) => [task.id, ended(task)]));
    } catch {
      // first start, or a file that somebody broke
    }
    return [...this.#tasks.values()];
  }

  /** Is told of every change of a task; only a new state is written down. */
  notice(task: Task): void {
    if (!kinds.has(task.kind) || this.#tasks.get(task.id)?.state === task.state) return;
    this.#tasks.set(task.id, withoutDetails(task));
    for (const id of [...this.#tasks.keys()].slice(0, -most)) this.#tasks.delete(id);
    this.#save();
  }

  forget(id: string): void {
    if (this.#tasks.delete(id)) this.#save();
  }

  /** Resolves when everything is on the disk. */
  close(): Promise<void> {
    return this.#written;
  }

  // one after the other: two at once would rename each other's file away
  #save(): void {
    this.#written = this.#written.then(() => this.#write()).catch(() => {}); // a full disk costs the list, not the transfer
  }

  async #write(): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true });
    await writeFile(`${this.#file}.part`, JSON.stringify([...this.#tasks.values()]), { mode: 0o600 });
    await rename(`${this.#file}.part`, this.#file);
  }
}

const ended = (task: Task): Task =>
  task.state === 'running' || task.state === 'queued' ? { ...task, state: 'failed', failure: layerdeckEnded } : task;

// hundreds of layers say nothing any more, and the log is gone with the session
function withoutDetails({ pace: _pace, ...task }: Task): Task {
  const { layers: _layers, build: _build, ...progress } = task.progress;
  return { ...task, progress, logLines: 0 };
}
