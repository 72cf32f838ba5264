import { parentPort, workerData } from 'node:worker_threads';
import { LayerDigests, type SeenDigests } from './layer-digests.ts';

/** Memory of both threads: pieces of bodies, each in a slot of its own. */
export type DigestsOrder = { memory: SharedArrayBuffer; slotSize: number };
export type DigestsMessage = { slot: number; length: number } | { isOver: true };
/** A slot is free once its piece was taken in; digests come for each body that is over, in their order. */
export type DigestsAnswer = { free: number } | { seen: SeenDigests };

const { memory, slotSize } = workerData as DigestsOrder;
let digests = new LayerDigests();

async function answer(message: DigestsMessage): Promise<DigestsAnswer> {
  if ('slot' in message) {
    await digests.take(Buffer.from(memory, message.slot * slotSize, message.length));
    return { free: message.slot };
  }
  const seen = await digests.end();
  digests = new LayerDigests();
  return { seen };
}

let turn: Promise<void> = Promise.resolve();
parentPort?.on('message', (message: DigestsMessage) => {
  turn = turn.then(async () => parentPort?.postMessage(await answer(message)));
});
