import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Progress, TaskResult } from '../../contract/task.ts';
import { FailureError } from '../engine/failure.ts';
import { readNdjson } from '../engine/ndjson.ts';
import type { Engine } from '../engine/open-engine.ts';
import type { OperationContext } from '../engine/operation.ts';
import { requestStream } from '../engine/request.ts';
import { emptyLoad, foldLoad, type LoadLine, type LoadState, unpackProgress } from './fold-load.ts';

const readSize = 256 * 1024;
/** Milliseconds between two looks at how much is sent. */
const lookEvery = 100;

/** Sends an image archive to the engine and waits until it has unpacked it. Rejects unless the engine names an image. */
export async function loadArchive(engine: Engine, path: string, context: OperationContext): Promise<TaskResult & { kind: 'load' }> {
  const { signal, report, log } = context;
  const { size } = await stat(path);
  const file = createReadStream(path, { highWaterMark: readSize });
  const sending = (): Progress => ({
    phase: file.bytesRead < size ? 'sending' : 'unpacking',
    bytes: { done: file.bytesRead, total: size },
    // unpacking is the other half of the work; how long it takes is not known before the engine says
    fraction: size > 0 ? file.bytesRead / size / 2 : undefined,
  });
  const look = setInterval(() => report(sending()), lookEvery);
  try {
    const answer = requestStream(engine.docker, { method: 'POST', path: '/images/load', query: { quiet: false }, body: file, signal });
    let state: LoadState = emptyLoad;
    for await (const line of readNdjson<LoadLine>(await answer)) {
      state = foldLoad(state, line);
      if (line.stream) log(line.stream.trimEnd());
      // an engine that unpacks while it is still being sent to says so early: sending is then the better measure
      if (file.bytesRead < size) continue;
      clearInterval(look);
      report(unpackProgress(state));
    }
    if (state.loaded.length === 0) throw notAnImage(basename(path));
    return { kind: 'load', loaded: state.loaded, keptBack: [] };
  } finally {
    clearInterval(look);
    file.destroy(); // an aborted or refused upload would leave it open
  }
}

const notAnImage = (name: string): FailureError =>
  new FailureError({
    kind: 'bad-archive',
    title: `${name} holds no image`,
    detail: 'The engine read the file to its end and found nothing to load.',
    hint: 'Check that it is a file that was made by “Save” or by docker save.',
  });
