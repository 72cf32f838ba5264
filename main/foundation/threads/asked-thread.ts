import type { Worker } from 'node:worker_threads';
import type { Failure } from '../../../contract/failure.ts';
import { FailureError } from '../failures/failure.ts';
import { endThread } from './end-thread.ts';
import { startThread } from './start-thread.ts';

type Callable = (...args: never[]) => unknown;
type Methods<Desk> = { [K in keyof Desk]: Desk[K] extends Callable ? K : never }[keyof Desk] & string;
type Asked<Desk, M extends keyof Desk> = Extract<Desk[M], Callable>;

export type ThreadQuestion = { id: number; method: string; args: unknown[] };
export type ThreadAnswer = { id: number; value: unknown } | { id: number; failure: Failure };

/** An object in a thread of its own, which starts with the first question and is started again if it should end. */
export class AskedThread<Desk> {
  readonly #module: URL;
  readonly #order: unknown;
  #worker: Worker | undefined;
  #asked = 0;
  readonly #open = new Map<number, PromiseWithResolvers<unknown>>();

  /** `module` answers with `answerQuestions`; `order` is what it is started with. */
  constructor(module: URL, order: unknown) {
    this.#module = module;
    this.#order = order;
  }

  /** Throws a failure. `memory` is given away. */
  ask<M extends Methods<Desk>>(
    method: M,
    args: Parameters<Asked<Desk, M>>,
    memory: ArrayBuffer[] = [],
  ): Promise<ReturnType<Asked<Desk, M>>> {
    const id = this.#asked++;
    const answered = Promise.withResolvers<unknown>();
    this.#open.set(id, answered);
    this.#worker ??= this.#start();
    const question: ThreadQuestion = { id, method, args };
    this.#worker.postMessage(question, memory);
    return answered.promise as Promise<ReturnType<Asked<Desk, M>>>;
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    if (worker) await endThread(worker);
  }

  #start(): Worker {
    const worker = startThread(this.#module, this.#order);
    worker.on('message', (answer: ThreadAnswer) => {
      const open = this.#open.get(answer.id);
      this.#open.delete(answer.id);
      if ('failure' in answer) open?.reject(new FailureError(answer.failure));
      else open?.resolve(answer.value);
    });
    worker.on('error', (error) => this.#fail(worker, error));
    worker.on('exit', () => this.#fail(worker, new Error(`the thread of ${this.#module.pathname.split('/').pop()} has ended`)));
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
