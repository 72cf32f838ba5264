import { on } from 'node:events';
import type { Failure } from '../../../contract/failure.ts';
import { FailureError } from '../failures/failure.ts';
import { endThread } from './end-thread.ts';
import { startThread } from './start-thread.ts';

/** A thread's answer each time it is asked for more. */
export type PartAnswer<Part> = { part: Part } | { isOver: true } | { failure: Failure };

/**
 * Yields the parts that a separate thread makes, which makes the next one while the last is used and ends with the reader. Its
 * errors are thrown here as failures.
 */
export async function* partsOfThread<Part>(module: URL, order: unknown): AsyncGenerator<Part> {
  const worker = startThread(module, order);
  try {
    const answers = on(worker, 'message', { close: ['exit'] }) as AsyncIterable<[PartAnswer<Part>]>;
    worker.postMessage('more');
    for await (const [answer] of answers) {
      if ('isOver' in answer) return;
      if ('failure' in answer) throw new FailureError(answer.failure);
      worker.postMessage('more');
      yield answer.part;
    }
    throw new Error('the file was not read to the end');
  } finally {
    await endThread(worker);
  }
}
