import { basename } from 'node:path';
import type { TaskResult } from '../../contract/task.ts';
import { FailureError } from '../engine/failure.ts';
import type { Engine } from '../engine/open-engine.ts';
import type { OperationContext } from '../engine/operation.ts';
import { compareLoaded } from './compare-loaded.ts';
import { emptyLoad, foldLoad, type LoadLine, type LoadState, unpackProgress } from './fold-load.ts';
import { sendTarball } from './send-tarball.ts';
import { isSent, sendingProgress } from './sending-progress.ts';
import { tarballToLoad } from './tarball-for-engine.ts';
import { whyNotLoaded } from './why-not-loaded.ts';

/** Milliseconds between two looks at how much is sent. */
const lookEvery = 100;

/**
 * Sends an image archive to the engine and waits until it has unpacked it. Images come without the names in `keptBack`, whose
 * images of before keep them. Every layer is compared with what its image says, and what came with what the file shows. Rejects
 * unless the engine names an image.
 */
export async function loadArchive(
  engine: Engine,
  path: string,
  keptBack: string[],
  { signal, report, log }: OperationContext,
): Promise<TaskResult & { kind: 'load' }> {
  const body = await tarballToLoad(path, {
    keptBack: new Set(keptBack),
    platform: engine.platform,
    product: engine.product,
    isFar: /^(?:tcp|https?):/.test(engine.candidate.address),
  });
  const look = setInterval(() => report(sendingProgress(body)), lookEvery);
  let state: LoadState = emptyLoad;
  try {
    for await (const line of sendTarball<LoadLine>(engine, { path: '/images/load', query: { quiet: false } }, body.stream, signal)) {
      state = foldLoad(state, line);
      if (line.stream) log(line.stream.trimEnd());
      // an engine that unpacks while it is still being sent to says so early: sending is then the better measure
      if (!isSent(body)) continue;
      clearInterval(look);
      report(unpackProgress(state));
    }
  } catch (error) {
    throw whyNotLoaded(error, body.read.images, engine);
  } finally {
    clearInterval(look);
  }
  if (state.loaded.length === 0) throw notAnImage(basename(path));
  const { keptBack: left, expected } = body.read;
  const differences = await compareLoaded(engine, state.loaded, expected, signal);
  if (differences) log(`Otherwise than shown: ${JSON.stringify(differences)}`);
  return { kind: 'load', loaded: state.loaded, keptBack: left, ...(differences && { differences }) };
}

const notAnImage = (name: string): FailureError =>
  new FailureError({
    kind: 'bad-archive',
    title: `${name} holds no image`,
    detail: 'The engine read the file to its end and found nothing to load.',
    hint: 'Check that it is a file that was made by “Save” or by docker save.',
  });
