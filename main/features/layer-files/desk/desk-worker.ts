import { parentPort, workerData } from 'node:worker_threads';
import { toFailure } from '../../../foundation/failures/failure.ts';
import { endMessage } from '../../../foundation/threads/end-when-asked.ts';
import { LayerStore } from '../store/layer-store.ts';
import type { DeskAnswer, DeskOrder, DeskQuestion } from './desk-thread.ts';
import { FilesDesk } from './files-desk.ts';

const { path, mostBytes } = workerData as DeskOrder;
const desk = new FilesDesk(new LayerStore(path, mostBytes));

function answer({ id, method, args }: DeskQuestion): DeskAnswer {
  try {
    const ask = desk[method] as (...given: unknown[]) => unknown;
    return { id, value: ask.apply(desk, args) };
  } catch (error) {
    return { id, failure: toFailure(error) };
  }
}

parentPort?.on('message', (message: DeskQuestion | typeof endMessage) => {
  if (message !== endMessage) parentPort?.postMessage(answer(message));
  else {
    desk.close();
    process.exit();
  }
});
