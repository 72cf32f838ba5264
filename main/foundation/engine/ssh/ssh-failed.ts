import type { Ending } from './carry.ts';

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
