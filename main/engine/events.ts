import { setTimeout as wait } from 'node:timers/promises';
import type Docker from 'dockerode';
import { readNdjson } from './ndjson.ts';
import { requestJson, requestStream } from './request.ts';

/** What the engine says of a change, whoever made it. */
export type EngineEvent = { Type: 'image' | 'container'; Action: string; Actor: { ID: string; Attributes?: Record<string, string> } };

/** Milliseconds between two questions whether the engine still answers, and the longest it may take to. */
const askEvery = 5000;
const answerWithin = 10_000;

/** Hands over every event of images and containers; resolves when the engine has gone or `signal` is aborted. */
export async function followEvents(
  docker: Docker,
  signal: AbortSignal,
  onEvent: (event: EngineEvent) => void,
  onOpen: () => void,
): Promise<void> {
  const gone = new AbortController();
  const until = AbortSignal.any([signal, gone.signal]);
  // A stopped engine ends the stream at once; one that hangs or is cut off is only noticed by asking.
  const heartbeat = askWhetherAlive(docker, until).then(() => gone.abort());
  try {
    const query = { filters: JSON.stringify({ type: ['image', 'container'] }) };
    const stream = await requestStream(docker, { method: 'GET', path: '/events', query, signal: until });
    onOpen();
    for await (const event of readNdjson<EngineEvent>(stream)) onEvent(event);
  } catch {
    // however it ended: the engine has to be looked for again
  } finally {
    gone.abort();
    await heartbeat;
  }
}

async function askWhetherAlive(docker: Docker, signal: AbortSignal): Promise<void> {
  try {
    for (;;) {
      await wait(askEvery, undefined, { signal });
      await requestJson(docker, { method: 'GET', path: '/_ping', signal: AbortSignal.any([signal, AbortSignal.timeout(answerWithin)]) });
    }
  } catch {
    // no answer, or no longer asked
  }
}
