import type { Worker } from 'node:worker_threads';
import type { Failure } from '../../../../contract/failure.ts';
import { FailureError } from '../../../foundation/failures/failure.ts';
import { endThread } from '../../../foundation/threads/end-thread.ts';
import { startThread } from '../../../foundation/threads/start-thread.ts';
import type { FilesDesk } from './files-desk.ts';

export type DeskOrder = {
  /** The file with all indexed layers. */
  path: string;
  mostBytes: number;
};

type Method = Exclude<keyof FilesDesk, 'close'>;
export type DeskQuestion = { id: number; method: Method; args: unknown[] };
export type DeskAnswer = { id: number; value: unknown } | { id: number; failure: Failure };

/** The desk, in a thread that starts with the first question and is started again if it should end. */
export class DeskThread {
  readonly #order: DeskOrder;
  #worker: Worker | undefined;
  #asked = 0;
  readonly #open = new Map<number, PromiseWithResolvers<unknown>>();

  constructor(order: DeskOrder) {
    this.#order = order;
  }

  /** Throws a failure. `memory` is given away. */
  ask<M extends Method>(method: M, args: Parameters<FilesDesk[M]>, memory: ArrayBuffer[] = []): Promise<ReturnType<FilesDesk[M]>> {
    const id = this.#asked++;
    const answered = Promise.withResolvers<unknown>();
    this.#open.set(id, answered);
    this.#worker ??= this.#start();
    const question: DeskQuestion = { id, method, args };
    this.#worker.postMessage(question, memory);
    return answered.promise as Promise<ReturnType<FilesDesk[M]>>;
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    if (worker) await endThread(worker);
  }

  #start(): Worker {
    const worker = startThread(new URL('./desk-worker.ts', import.meta.url), this.#order);
    worker.on('message', (answer: DeskAnswer) => {
      const open = this.#open.get(answer.id);
      this.#open.delete(answer.id);
      if ('failure' in answer) open?.reject(new FailureError(answer.failure));
      else open?.resolve(answer.value);
    });
    worker.on('error', (error) => this.#fail(worker, error));
    worker.on('exit', () => this.#fail(worker, new Error('the thread with the lists of files has ended')));
    // it must not keep the app from ending
    worker.unref();
    return worker;
  }

  #fail(worker: Worker, error: unknown): void {
    if (this.#worker === worker) this.#worker = undefined;
    else if (this.#worker !== undefined) return;
    for (const { reject } of this.#open.values()) reject(error);
    this.#open.clear();
  }
}
