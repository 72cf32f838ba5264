import { once } from 'node:events';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import type { VersionedPath } from './api-version.ts';
import type { EngineAddress } from './open-engine.ts';
import { refusedAnswer } from './refused-answer.ts';

/**
 * In a thread, which has no dockerode: what an engine answers to a GET, as it streams in. Rejects, as dockerode does, if the engine
 * refuses. The signal ends the stream.
 */
export async function askInThread(
  { protocol, ...place }: EngineAddress,
  path: VersionedPath,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const open = protocol === 'https' ? requestHttps : requestHttp;
  const asked = open({ ...place, path, signal });
  asked.end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  if (answer.statusCode !== 200) throw refusedAnswer(answer.statusCode ?? 0, await text(answer));
  return answer;
}
