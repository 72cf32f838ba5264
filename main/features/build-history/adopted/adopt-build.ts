import type { BuildSummary, BuiltLayer } from '../../../../contract/build-record.ts';
import type { RecordedBuild } from '../../../foundation/buildkit/recorded-build.ts';
import { LogFile } from '../../../foundation/files/log-file.ts';
import type { OperationContext } from '../../../foundation/progress/operation-context.ts';
import type { BuildStore } from '../build-store.ts';
import { summarise } from '../kept-build.ts';
import { adoptedBuild, idOf, type Remembered } from './adopted-build.ts';
import { findSame } from './same-build.ts';

/** Reads what is kept of a build, and hands on each line of its output. */
export type ReadRecorded = (log: OperationContext['log']) => Promise<RecordedBuild>;

type Around = {
  store: BuildStore;
  salt: string;
  /** Of an image of an engine. Rejects if it has none. */
  readLayers(imageId: string): Promise<BuiltLayer[]>;
};

/** A build that was stored: its line in the list, and the ids of old builds that had to make room. */
export type Adopted = { summary: BuildSummary; gone: string[] };

/** Stores a build of another tool. Leaves out, and resolves to undefined, one that is Layerdeck's own or has nothing to show. */
export async function adoptBuild(build: Remembered, read: ReadRecorded, around: Around): Promise<Adopted | undefined> {
  const { store } = around;
  const { recorded, logLines } = await readInto(store.fileOf(idOf(build), 'log'), read);
  // one that never came to a step of its Dockerfile has nothing to show
  const hasSteps = recorded.progress.steps.some(({ number }) => number !== undefined);
  if (!hasSteps || (await findSame(store, recorded, build, 'own'))) {
    await store.leaveOut(idOf(build));
    return undefined;
  }
  return keep(recorded, build, { ...around, engine: build.identity.split(' ')[0] ?? '', logLines });
}

/** Stores a build from a file; resolves to the id of the same build if that is here already. */
export async function addBuild(build: Remembered, read: ReadRecorded, around: Around): Promise<Adopted | { same: string }> {
  const { store } = around;
  const id = idOf(build);
  try {
    const { recorded, logLines } = await readInto(store.fileOf(id, 'log'), read);
    const same = await findSame(store, recorded, build, 'any');
    if (same !== undefined) {
      await store.erase(id);
      return { same };
    }
    // a file does not say which engine it comes from
    return await keep({ ...recorded, origin: 'file' }, build, { ...around, engine: '', logLines });
  } catch (error) {
    await store.erase(id).catch(() => {});
    throw error;
  }
}

async function readInto(file: string, read: ReadRecorded): Promise<{ recorded: RecordedBuild; logLines: number }> {
  const log = new LogFile(file);
  let logLines = 0;
  const recorded = await read((text, options = {}) => {
    logLines += 1;
    log.add(text, options);
  }).finally(() => log.end());
  return { recorded, logLines };
}

async function keep(
  recorded: RecordedBuild,
  build: Remembered,
  { store, salt, readLayers, engine, logLines }: Around & { engine: string; logLines: number },
): Promise<Adopted> {
  const imageId = recorded.end.state === 'succeeded' ? recorded.end.imageId : undefined;
  const layers = imageId ? await readLayers(imageId).catch(() => undefined) : undefined;
  // the image of a build from a file may well be elsewhere, and is then not offered
  const isElsewhere = recorded.origin === 'file' && recorded.end.state === 'succeeded' && !layers;
  const account: RecordedBuild = isElsewhere ? { ...recorded, end: { state: 'succeeded' } } : recorded;
  const known = adoptedBuild(account, { id: idOf(build), ref: build.ref, engine, salt, layers, logLines });
  const summary = summarise(known.task, '', known.dockerfile.path, known.origin);
  return { summary, gone: await store.keep(known, summary) };
}
