import { parentPort } from 'node:worker_threads';
import { toFailure } from '../failures/failure.ts';
import type { ThreadAnswer, ThreadQuestion } from './asked-thread.ts';
import { endMessage } from './end-when-asked.ts';

/** In a thread: answers each question with the method of that name, one after the other, until the thread is asked to end. */
export function answerQuestions(desk: { close(): void }): void {
  const answer = ({ id, method, args }: ThreadQuestion): ThreadAnswer => {
    try {
      const ask = (desk as unknown as Record<string, (...given: unknown[]) => unknown>)[method];
      return { id, value: ask?.apply(desk, args) };
    } catch (error) {
      return { id, failure: toFailure(error) };
    }
  };
  parentPort?.on('message', (message: ThreadQuestion | typeof endMessage) => {
    if (message !== endMessage) parentPort?.postMessage(answer(message));
    else {
      desk.close();
      process.exit();
    }
  });
}
