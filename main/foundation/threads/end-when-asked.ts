import { parentPort } from 'node:worker_threads';

/** What a thread is sent to end it. */
export const endMessage = 'end';

/** In a thread: ends it as soon as it is asked to. It lives until then, or until it closes its port or exits. */
export function endWhenAsked(): void {
  parentPort?.on('message', (message) => {
    if (message === endMessage) process.exit();
  });
}
