import { parentPort } from 'node:worker_threads';
import { toFailure } from '../failures/failure.ts';
import { endWhenAsked } from './end-when-asked.ts';
import type { PartAnswer } from './parts-of-thread.ts';

/** In a thread: sends a part each time one is requested, and transfers the memory that `memoryOf` names. */
export function serveParts<Part>(parts: AsyncGenerator<Part>, memoryOf: (part: Part) => ArrayBuffer[]): void {
  endWhenAsked();
  parentPort?.on('message', async (message) => {
    if (message !== 'more') return;
    const answer = await nextAnswer(parts);
    parentPort?.postMessage(answer, 'part' in answer ? memoryOf(answer.part) : []);
  });
}

async function nextAnswer<Part>(parts: AsyncGenerator<Part>): Promise<PartAnswer<Part>> {
  try {
    const { value, done } = await parts.next();
    return done ? { isOver: true } : { part: value };
  } catch (error) {
    return { failure: toFailure(error) };
  }
}
