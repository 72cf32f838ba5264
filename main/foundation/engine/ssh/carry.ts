import type { ChildProcess, ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { finished } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** How one ssh ended. */
export type Ending = {
  /** Whether something came back from the engine; undefined if nobody looked. */
  hasAnswered?: boolean;
  code: number | null;
  /** What ssh and the command there said, the end of it. */
  said: string;
};

/** Characters of what ssh says that are kept. */
const keptWords = 4000;
/** Milliseconds for the rest of ssh's words: a connection that others share may hold them open. */
const wordsWithin = 200;

/**
 * Waits for an ssh that was given the client itself as its input and output: no byte passes through here. Rejects if it can't be
 * started.
 */
export async function attend(ssh: ChildProcess): Promise<Ending> {
  const heard = hear(ssh);
  const [code] = (await once(ssh, 'exit')) as [number | null];
  return { code, said: await heard() };
}

/**
 * Carries bytes between a client and an ssh, where a client can't be given away. Resolves when ssh is gone and everything it sent has
 * been passed on; rejects if it can't be started. A client that leaves is the end of what ssh reads, by which it ends, too.
 */
export async function carry(client: Socket, ssh: ChildProcessWithoutNullStreams): Promise<Ending> {
  const heard = hear(ssh);
  let hasAnswered = false;
  // an ssh that has ended reads nothing more, and a client that has ended neither
  for (const end of [ssh.stdin, ssh.stdout]) end.on('error', () => {});
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
  });
  const [code] = (await once(ssh, 'exit')) as [number | null];
  await emptied;
  return { hasAnswered, code, said: await heard() };
}

/** Listens to what an ssh says; the function gives the end of it once there is no more. */
function hear({ stderr }: ChildProcess): () => Promise<string> {
  let said = '';
  stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-keptWords);
  });
  return async () => {
    if (stderr) await Promise.race([finished(stderr), wait(wordsWithin, undefined, { ref: false })]).catch(() => {});
    stderr?.destroy();
    return said.trim();
  };
}
