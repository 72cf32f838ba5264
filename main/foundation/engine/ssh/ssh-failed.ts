import type { Ending } from './carry.ts';

/** What is said only before anything came back from the engine: by ssh while it connects, and by what is to be started over there. */
const onTheWay =
  /^ssh: |^kex_exchange|banner|verification failed|Permission denied|Too many authentication|No more authentication|Unable to negotiate|IDENTIFICATION HAS CHANGED|REVOKED|configuration option|Bad (?:owner|port|stdio)|not available|has expired|command not found|not recognized|raw stream connection|Docker daemon|dial-stdio|Usage:\s+docker/m;

/** Whether ssh came to nothing before the engine answered. In the middle of an answer, another one would be taken for a part of it. */
export const isUnanswered = ({ hasAnswered, code, said }: Ending): boolean =>
  hasAnswered === undefined ? code === 127 || (code !== 0 && onTheWay.test(said)) : !hasAnswered;

/**
 * What a client hears in the engine's place when ssh brought no answer: an answer of HTTP, so that whoever asked gets ssh's words
 * just as they get an engine's. The words of a failure are chosen by them (failures/wordings/ssh-wordings.ts).
 */
export function failedAnswer(ending: Ending | NodeJS.ErrnoException, mayAsk: boolean): string {
  const body = JSON.stringify({ message: messageFor(ending, mayAsk) });
  return [
    'HTTP/1.1 502 Bad Gateway',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}

function messageFor(ending: Ending | NodeJS.ErrnoException, mayAsk: boolean): string {
  const manner = mayAsk ? 'ssh' : 'ssh, which may not ask,';
  if (ending instanceof Error) return `${manner} could not be started: ${ending.message}`;
  return `${manner} ended with ${ending.code ?? 'a signal'}: ${ending.said}`;
}
