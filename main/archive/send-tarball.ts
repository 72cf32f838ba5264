import type { Readable } from 'node:stream';
import { readNdjson } from '../engine/ndjson.ts';
import type { Engine } from '../engine/open-engine.ts';
import { type EngineRequest, requestStream } from '../engine/request.ts';

/** Sends a tarball and yields the lines of the engine's answer. What goes wrong while it is read is thrown rather than what the engine makes of it. */
export async function* sendTarball<Line extends object>(
  { docker }: Engine,
  request: Pick<EngineRequest, 'path' | 'query'>,
  body: Readable,
  signal: AbortSignal,
): AsyncGenerator<Line> {
  const broken = new AbortController();
  let cause: unknown;
  body.on('error', (error) => {
    cause ??= error;
    broken.abort();
  });
  try {
    const until = AbortSignal.any([signal, broken.signal]);
    yield* readNdjson<Line>(await requestStream(docker, { method: 'POST', ...request, body, signal: until }));
  } catch (error) {
    throw cause ?? error;
  } finally {
    body.destroy(); // an aborted or refused upload would leave it open
  }
}
