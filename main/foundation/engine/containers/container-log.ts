import { Readable } from 'node:stream';
import type { Asked } from '../answers/ask-for.ts';
import { requestStream } from '../request.ts';

type LogQuestion = {
  /** A container with a terminal sends its output as it is; any other in frames. */
  isTty: boolean;
  /** How many lines from the end. */
  tail: number | 'all';
  /** Whether each line begins with its time. */
  timestamps?: boolean;
  /** Whether to wait for further lines until the container ends. */
  follow: boolean;
  /** Seconds since 1970. */
  since?: number;
  until?: number;
  signal?: AbortSignal;
};

/** What a container said, on both of its outputs. Rejects with the engine's error. */
export async function readContainerLog({ docker }: Asked, container: string, { isTty, signal, ...query }: LogQuestion): Promise<Readable> {
  const path = `/containers/${container}/logs` as const;
  const stream = await requestStream(docker, {
    method: 'GET',
    path,
    query: { stdout: true, stderr: true, ...query },
    ...(signal && { signal }),
  });
  return isTty ? stream : Readable.from(unframe(stream));
}

/** Kind of output, three empty bytes, length of what follows. */
const headLength = 8;

/** The bytes in an engine's frames, whatever output they come from (moby, api/types/container: “attach” describes them). */
export async function* unframe(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer = Buffer.alloc(0);
  let left = 0;
  for await (const chunk of stream) {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    while (waiting.length > 0) {
      if (left === 0) {
        if (waiting.length < headLength) break;
        left = waiting.readUInt32BE(4);
        waiting = waiting.subarray(headLength);
        continue;
      }
      const part = waiting.subarray(0, left);
      yield part;
      left -= part.length;
      waiting = waiting.subarray(part.length);
    }
  }
}
