import { once } from 'node:events';
import type { Packing } from '../../../contract/archive.ts';
import { FailureError } from '../../engine/failure.ts';
import { startWorker } from '../../engine/start-worker.ts';
import { unpack } from './unpack.ts';
import type { XzAnswer, XzOrder } from './xz-worker.ts';

/** Like `unpack`, for the main process: what has no thread of its own in Node gets one. */
export function unpackFile(path: string, packing: Packing, onRead: (position: number) => void = () => {}): AsyncGenerator<Buffer> {
  return packing === 'xz' ? unpackInThread(path, onRead) : unpack(path, packing, onRead);
}

async function* unpackInThread(path: string, onRead: (position: number) => void): AsyncGenerator<Buffer> {
  const order: XzOrder = { path };
  const worker = startWorker('xz-worker', order);
  try {
    for (;;) {
      const answered = once(worker, 'message');
      worker.postMessage('more');
      const [answer] = (await answered) as [XzAnswer];
      if ('isOver' in answer) return;
      if ('failure' in answer) throw new FailureError(answer.failure);
      onRead(answer.position);
      yield Buffer.from(answer.chunk.buffer, answer.chunk.byteOffset, answer.chunk.length);
    }
  } finally {
    await worker.terminate();
  }
}
