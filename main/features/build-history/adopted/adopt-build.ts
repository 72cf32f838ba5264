import type { BuildSummary, BuiltLayer } from '../../../../contract/build-record.ts';
import type { RecordedBuild } from '../../../foundation/buildkit/recorded-build.ts';
import { LogFile } from '../../../foundation/files/log-file.ts';
import type { OperationContext } from '../../../foundation/progress/operation-context.ts';
import type { BuildStore } from '../build-store.ts';
import { summarise } from '../kept-build.ts';
import { adoptedBuild, idOf, type Remembered } from './adopted-build.ts';
import { isOwnBuild } from './is-own-build.ts';

/** Reads what is kept of a build, and hands on each line of its output. */
export type ReadRecorded = (log: OperationContext['log']) => Promise<RecordedBuild>;

type Around = { store: BuildStore; salt: string; readLayers(imageId: string): Promise<BuiltLayer[]> };

/**
 * Stores a build of another tool; leaves out one that turns out to be Layerdeck's own, or has nothing to show. Resolves to its line in the
 * list, and to the ids of old builds that had to make room; to undefined if it was left out.
 */
export async function adoptBuild(
  build: Remembered,
  read: ReadRecorded,
  { store, salt, readLayers }: Around,
): Promise<{ summary: BuildSummary; gone: string[] } | undefined> {
  const id = idOf(build);
  const log = new LogFile(store.fileOf(id, 'log'));
  let logLines = 0;
  const recorded = await read((text, options = {}) => {
    logLines += 1;
    log.add(text, options);
  }).finally(() => log.end());
  // one that never came to a step of its Dockerfile has nothing to show
  const hasSteps = recorded.progress.steps.some(({ number }) => number !== undefined);
  if (!hasSteps || (await isOwnBuild(store, recorded, build))) {
    await store.leaveOut(id);
    return undefined;
  }
  const imageId = recorded.end.state === 'succeeded' ? recorded.end.imageId : undefined;
  const layers = imageId ? await readLayers(imageId).catch(() => undefined) : undefined;
  const known = adoptedBuild(recorded, { id, engine: build.identity.split(' ')[0] ?? '', salt, layers, logLines });
  const summary = summarise(known.task, '', known.dockerfile.path, known.origin);
  return { summary, gone: await store.keep(known, summary) };
}
