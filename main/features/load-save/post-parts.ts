import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import type { VersionedPath } from '../../foundation/engine/api-version.ts';
import { readNdjson } from '../../foundation/engine/ndjson.ts';
import type { EngineAddress } from '../../foundation/engine/open-engine.ts';
import { refusedAnswer } from '../../foundation/engine/refused-answer.ts';

/**
 * Posts a tarball to an engine and yields the lines of its answer. A part is finished with before the one after the next is
 * requested. An error while making the parts takes precedence over the engine's error that follows from it.
 */
export async function* postParts(
  { protocol, ...address }: EngineAddress,
  path: VersionedPath,
  parts: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<object> {
  const open = protocol === 'https' ? requestHttps : requestHttp;
  const headers = { 'content-type': 'application/x-tar' };
  const request = open({ ...address, path, method: 'POST', headers, signal });
  const answered = once(request, 'response') as Promise<[IncomingMessage]>;
  answered.catch(() => {}); // awaited below
  let cause: unknown;
  writeParts(request, parts).catch((error) => {
    cause = error;
    request.destroy();
  });
  try {
    const [answer] = await answered;
    if (answer.statusCode !== 200) throw refusedAnswer(answer.statusCode ?? 0, await text(answer));
    yield* readNdjson(answer);
  } catch (error) {
    throw cause ?? error;
  } finally {
    request.destroy();
  }
}

/** Makes the next part while one is being sent. Stops when the engine answers early and takes no more. */
async function writeParts(request: ClientRequest, parts: AsyncIterable<Uint8Array>): Promise<void> {
  let isTaken = true;
  request.on('error', () => {
    isTaken = false;
  });
  const closed = new Promise<void>((resolve) => request.once('close', resolve));
  let written = Promise.resolve();
  for await (const part of parts) {
    await Promise.race([written, closed]);
    if (!isTaken || request.destroyed) return;
    written = new Promise((resolve) => request.write(part, () => resolve()));
  }
  await written;
  request.end();
}
