import { parentPort, workerData } from 'node:worker_threads';
import type { Failure } from '../../../contract/failure.ts';
import { toFailure } from '../../engine/failure.ts';
import { unpack } from './unpack.ts';

export type XzOrder = { path: string };
/** Sent once for each message that comes in. */
export type XzAnswer = { chunk: Uint8Array; position: number } | { isOver: true } | { failure: Failure };

/** Bytes sent at once: the library unpacks 64 kB at a time. */
const pieceSize = 512 * 1024;

async function* answers({ path }: XzOrder): AsyncGenerator<XzAnswer> {
  let position = 0;
  let parts: Buffer[] = [];
  let length = 0;
  try {
    const unpacked = unpack(path, 'xz', (now) => {
      position = now;
    });
    for await (const chunk of unpacked) {
      parts.push(chunk);
      length += chunk.length;
      if (length < pieceSize) continue;
      yield { chunk: Buffer.concat(parts), position };
      parts = [];
      length = 0;
    }
    if (length > 0) yield { chunk: Buffer.concat(parts), position };
    yield { isOver: true };
  } catch (error) {
    yield { failure: toFailure(error) };
  }
}

const pieces = answers(workerData as XzOrder);

parentPort?.on('message', async () => {
  const { value } = await pieces.next();
  if (value) parentPort?.postMessage(value);
});
