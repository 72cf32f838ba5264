import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { finished } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** How one ssh ended. */
export type Ending = {
  /** Something came back from the engine. */
  hasAnswered: boolean;
  code: number | null;
  /** What ssh and the command there said, the end of it. */
  said: string;
};

/** Characters of what ssh says that are kept. */
const keptWords = 4000;
/** Milliseconds for the rest of ssh's words: a connection that others share may hold them open. */
const wordsWithin = 200;

/**
 * Carries bytes between a client and an ssh, both ways and each way to its own end. Resolves when ssh is gone and everything it sent
 * has been passed on; rejects if it can't be started. `onLeft` is called when the client is gone and nothing more can be carried.
 */
export async function carry(client: Socket, ssh: ChildProcessWithoutNullStreams, onLeft: () => void): Promise<Ending> {
  let said = '';
  let hasAnswered = false;
  // an ssh that has ended reads nothing more, and a client that has ended neither
  for (const end of [ssh.stdin, ssh.stdout, client]) end.on('error', () => {});
  ssh.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-keptWords);
  });
  ssh.stdout.once('data', () => {
    hasAnswered = true;
  });
  const emptied = finished(ssh.stdout).catch(() => {});
  client.pipe(ssh.stdin);
  ssh.stdout.pipe(client, { end: false });
  // an ssh whose connection others share may live on, though this client has had everything
  ssh.stdout.once('end', () => hasAnswered && client.end());
  client.once('close', () => {
    ssh.stdin.destroy();
    ssh.stdout.destroy();
    onLeft();
  });
  const [code] = (await once(ssh, 'exit')) as [number | null];
  await emptied;
  await Promise.race([finished(ssh.stderr), wait(wordsWithin, undefined, { ref: false })]).catch(() => {});
  ssh.stderr.destroy();
  return { hasAnswered, code, said: said.trim() };
}
