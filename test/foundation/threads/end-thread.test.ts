import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { endThread } from '../../../main/foundation/threads/end-thread.ts';

const module = new URL('../../../main/foundation/threads/end-when-asked.ts', import.meta.url);

function threadOf(work: string): Worker {
  const code = `import { parentPort } from 'node:worker_threads';
    import { endWhenAsked } from ${JSON.stringify(module.href)};
    endWhenAsked();
    process.on('exit', () => parentPort.postMessage('by itself'));
    parentPort.postMessage('begun');
    ${work}`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`));
}

test.each([
  ['waits', '', ['by itself']],
  ['works in steps', 'while (true) await new Promise(setImmediate);', ['by itself']],
  ['hangs', 'while (true);', []],
])('a thread that %s is ended', async (_, work, said) => {
  const thread = threadOf(work);
  await once(thread, 'message');
  const heard: string[] = [];
  thread.on('message', (message) => heard.push(message));
  await endThread(thread);
  expect(thread.threadId).toBe(-1);
  expect(heard).toEqual(said);
  await endThread(thread);
});
