import { basename } from 'node:path';
import type { LoadDifferences, TaskResult } from '../../../contract/task.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { FailureError } from '../../foundation/failures/failure.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { compareLoaded } from './compare-loaded.ts';
import { emptyLoad, foldLoad, type LoadLine, type LoadState, unpackProgress, withoutNamed } from './fold-load.ts';
import type { ExpectedImage } from './lists-to-send.ts';
import { sendFile } from './send-file.ts';
import { sendingProgress } from './sending-progress.ts';
import type { AddedLayer } from './suitcase/added-layers.ts';

/** Milliseconds between two reports of how much is sent. */
const reportEvery = 100;

export type LoadOrder = {
  path: string;
  keptBack?: string[] | undefined;
  /** Names of layers in the file that the engine has, and is not sent. */
  leftOut?: string[];
  /** What the person was shown of the file. */
  shown?: string | undefined;
  /** Layers that the file leaves out, to be read elsewhere. */
  added?: readonly AddedLayer[];
};

/**
 * Sends an image archive to the engine and waits until it is unpacked. Images are loaded without the names in `keptBack`, which
 * stay with the images that have them. Every layer is checked against its image, and the result against the preview. Rejects
 * unless the engine names an image.
 */
export async function loadArchive(
  engine: Engine,
  { path, keptBack = [], leftOut = [], shown, added = [] }: LoadOrder,
  { signal, report, log }: OperationContext,
): Promise<TaskResult & { kind: 'load' }> {
  const changes = {
    keptBack: new Set(keptBack),
    leftOut: new Set(leftOut),
    shown,
    added,
    platform: engine.platform,
    product: engine.product,
    isFar: /^(?:tcp|https?|ssh):/.test(engine.candidate.address),
  };
  const sending = await sendFile<LoadLine>(engine, { path, request: '/images/load?quiet=false', changes }, signal);
  const look = setInterval(() => report(sendingProgress(sending)), reportEvery);
  let state: LoadState = emptyLoad;
  try {
    for await (const line of sending.lines) {
      state = foldLoad(state, line);
      if (line.stream) log(line.stream.trimEnd());
      // some engines report unpacking while the file is still being sent, when sending is the better measure
      if (!sending.isSent()) continue;
      clearInterval(look);
      report(unpackProgress(state));
    }
  } finally {
    clearInterval(look);
  }
  if (state.loaded.length === 0) throw notAnImage(basename(path));
  const { keptBack: left, expected } = sending.read;
  const differences = await findDifferences(engine, state, expected, { signal, log });
  return { kind: 'load', loaded: withoutNamed(state.loaded, expected), keptBack: left, ...(differences && { differences }) };
}

/** How the result differs from what was shown, if it does. Neither a difference nor a failed comparison undoes the load. */
async function findDifferences(
  engine: Engine,
  { loaded }: LoadState,
  expected: ExpectedImage[],
  { signal, log }: Pick<OperationContext, 'signal' | 'log'>,
): Promise<LoadDifferences | 'unknown' | undefined> {
  try {
    const differences = await compareLoaded(engine, loaded, expected, signal);
    if (differences) log(`Different from what was shown: ${JSON.stringify(differences)}`);
    return differences;
  } catch (error) {
    signal.throwIfAborted();
    log(`The loaded images could not be compared with what was shown: ${error}`);
    return 'unknown';
  }
}

const notAnImage = (name: string): FailureError =>
  new FailureError({
    kind: 'bad-archive',
    title: `${name} holds no image`,
    detail: 'The engine read the whole file and found nothing to load.',
    hint: 'Check that the file was made with “Save” or with docker save.',
  });
