import { on, once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import type { FileType } from '../../../../contract/explanation.ts';
import { endThread } from '../../threads/end-thread.ts';
import { startThread } from '../../threads/start-thread.ts';
import type { ContextEntry } from '../context-walk.ts';
import type { ContextWitness } from '../context-witness.ts';
import type { Comparison, Selection } from './compare-contexts.ts';
import type { ContextAnswer, ContextJob, ContextMessage, KeptContext, SeenFile } from './context-worker.ts';
import { stampOf } from './stamp.ts';

/** How many entries go to the worker at once. */
const batchSize = 500;

/** Records what a build reads of its context in a file, with a digest of each file. A thread does the work. */
export class ContextRecorder implements ContextWitness {
  readonly #worker: Worker;
  #batch: SeenFile[] = [];
  /** The first path of each file that has several names. */
  readonly #firstNames = new Map<bigint, string>();
  #sawAny = false;
  #asked = 0;
  #isOver = false;
  readonly #ended: Promise<unknown>;

  /** Reuses digests from `previous`, an earlier context, for files that have not been touched since. */
  constructor(file: string, previous: string | undefined) {
    const job: ContextJob = { kind: 'record', file, ...(previous && { previous }) };
    this.#worker = startThread(new URL('./context-worker.ts', import.meta.url), job);
    this.#worker.unref();
    this.#ended = once(this.#worker, 'exit').catch(() => {}); // a lost context costs an explanation, never a build
    void this.#ended.then(() => {
      this.#isOver = true;
    });
  }

  saw({ path, file, stat, linkTarget, capabilities }: ContextEntry): void {
    this.#sawAny = true;
    const hardLink = this.#hardLinkOf(path, stat);
    this.#batch.push({
      path,
      file,
      type: typeOf(stat),
      mode: Number(stat.mode & 0o7777n),
      stamp: stampOf(stat),
      ...(linkTarget !== undefined && { target: linkTarget }),
      ...(capabilities && { capabilities: capabilities.toString('hex') }),
      ...(hardLink !== undefined && { hardLink }),
    });
    if (this.#batch.length >= batchSize) this.#flush();
  }

  // as both builders see it: the first path is the file, and later ones are other names for it
  #hardLinkOf(path: string, stat: ContextEntry['stat']): string | undefined {
    if (stat.nlink < 2n || stat.isDirectory() || stat.isSymbolicLink()) return undefined;
    const first = this.#firstNames.get(stat.ino);
    if (first === undefined) this.#firstNames.set(stat.ino, path);
    return first === path ? undefined : first;
  }

  sent(): void {
    this.#flush();
    this.#asked += 1;
    this.#tell({ write: this.#asked });
  }

  /** Resolves when everything seen so far is in the file, or the recording is over. */
  async settle(): Promise<void> {
    this.sent();
    // a thread that has ended, as on a full disk, does not answer
    if (this.#isOver) return;
    const asked = this.#asked;
    for await (const [answer] of on(this.#worker, 'message', { close: ['exit'] }) as AsyncIterable<[ContextAnswer]>) {
      if ('written' in answer && answer.written >= asked) return;
    }
  }

  /** Resolves when the context is stored or could not be stored. */
  async finish(): Promise<void> {
    this.#flush();
    if (!this.#sawAny) return await this.abandon();
    this.#tell({ isOver: true });
    await this.#ended;
  }

  async abandon(): Promise<void> {
    await endThread(this.#worker);
  }

  #flush(): void {
    if (this.#batch.length > 0) this.#tell({ seen: this.#batch });
    this.#batch = [];
  }

  #tell(message: ContextMessage): void {
    this.#worker.postMessage(message);
  }
}

/** Compares two stored contexts, once for each selection; undefined where that is impossible. */
export async function compareKeptContexts(
  before: KeptContext,
  after: KeptContext,
  selections: Selection[],
): Promise<(Comparison | undefined)[]> {
  const job: ContextJob = { kind: 'compare', before, after, selections };
  const [answer] = (await once(startThread(new URL('./context-worker.ts', import.meta.url), job), 'message')) as [ContextAnswer];
  return 'comparisons' in answer ? answer.comparisons : [];
}

function typeOf(stat: ContextEntry['stat']): FileType {
  if (stat.isDirectory()) return 'folder';
  if (stat.isSymbolicLink()) return 'link';
  return stat.isFile() ? 'file' : 'other';
}
