import { setTimeout as wait } from 'node:timers/promises';
import type Docker from 'dockerode';
import { EventLine } from './answers/engine-answers.ts';
import { readNdjson } from './ndjson.ts';
import { requestJson, requestStream } from './request.ts';

/**
 * The engine's report of a change, whoever made it: of which image or container, and when, in milliseconds, if it says so. `name` is
 * the one that an image got; of other changes some engines tell it as well, or the id in its place. `image`: what a container was asked
 * for by, a name or an id.
 */
export type EngineEvent = { Type: string; Action: string; id?: string; name?: string; image?: string; at?: number };

/** Milliseconds between two checks that the engine still answers, and how long it may take. */
const askEvery = 5000;
const answerWithin = 10_000;

/**
 * Passes on every event about images and containers. Resolves when the engine is gone or `signal` is aborted. `patience` is how many
 * milliseconds it may take to answer.
 */
export async function followEvents(
  docker: Docker,
  signal: AbortSignal,
  onEvent: (event: EngineEvent) => void,
  onOpen: () => void,
  patience: number = answerWithin,
): Promise<void> {
  const gone = new AbortController();
  const until = AbortSignal.any([signal, gone.signal]);
  // a stopped engine ends the stream at once; one that hangs or is cut off is noticed only by asking
  const heartbeat = askWhetherAlive(docker, until, patience).then(() => gone.abort());
  try {
    for await (const event of readEvents(docker, { type: ['image', 'container'] }, { signal: until, onOpen })) onEvent(event);
  } catch {
    // however it ended, the engine has to be found again
  } finally {
    gone.abort();
    await heartbeat;
  }
}

type Reading = {
  signal: AbortSignal;
  /** From when to when, in milliseconds; without it, from now on. */
  between?: [since: number, until: number];
  /** Called as soon as no event can be missed any more. */
  onOpen?: () => void;
};

/** The events that pass the engine's filters. */
export async function* readEvents(
  docker: Docker,
  filters: Record<string, string[]>,
  { signal, between, onOpen }: Reading,
): AsyncGenerator<EngineEvent> {
  const [since, until] = between?.map((at) => (at / 1000).toFixed(3)) ?? [];
  const query = { since, until, filters: JSON.stringify(filters) };
  const stream = await requestStream(docker, { method: 'GET', path: '/events', query, signal });
  onOpen?.();
  for await (const line of readNdjson(stream)) yield readEvent(line);
}

/** A line of the engine's events. One in a form that is not known still says that something has changed. */
export function readEvent(line: object): EngineEvent {
  const { data } = EventLine.safeParse(line);
  if (!data) return { Type: 'image', Action: 'unknown' };
  const { Type, Action, Actor, time, timeNano } = data;
  const at = timeNano ? timeNano / 1e6 : time ? time * 1000 : undefined;
  const name = Type === 'image' ? Actor?.Attributes?.name : undefined;
  const image = Type === 'container' ? Actor?.Attributes?.image : undefined;
  return {
    Type,
    Action,
    ...(Actor?.ID && { id: Type === 'image' ? wholeId(Actor.ID) : Actor.ID }),
    ...(name && { name }),
    ...(image && { image }),
    ...(at !== undefined && { at }),
  };
}

// Podman names images in its events by the bare digits
const wholeId = (id: string): string => (/^[0-9a-f]{64}$/.test(id) ? `sha256:${id}` : id);

async function askWhetherAlive(docker: Docker, signal: AbortSignal, patience: number): Promise<void> {
  try {
    for (;;) {
      await wait(askEvery, undefined, { signal });
      await requestJson(docker, { method: 'GET', path: '/_ping', signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]) });
    }
  } catch {
    // no answer, or the check was stopped
  }
}
