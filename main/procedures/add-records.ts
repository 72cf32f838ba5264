import type { AddedBuild } from '../../contract/build-record.ts';
import type { Failure } from '../../contract/failure.ts';
import type { BuildHistory } from '../features/build-history/build-history.ts';
import { readFiledBuild } from '../features/builds/recorded/read-filed-build.ts';
import type { Engine } from '../foundation/engine/open-engine.ts';
import { FailureError, toFailure } from '../foundation/failures/failure.ts';
import { parseBuildRecord } from '../foundation/formats/build-record.ts';
import { millisecondsOf } from '../foundation/formats/timestamp.ts';
import { openRecordFile } from '../foundation/image-archive/open-record-file.ts';

/**
 * Takes the builds of a file into the history, in the order of the file. Resolves to their ids there, and to whether each is new. With an
 * engine, what it knows of their images is kept, too.
 */
export async function addRecords(
  path: string,
  history: BuildHistory,
  engine: Engine | undefined,
  signal?: AbortSignal,
): Promise<AddedBuild[]> {
  const { source, records } = await openRecordFile(path, signal);
  const added: AddedBuild[] = [];
  for (const record of records) {
    const { Ref: ref, CreatedAt, CompletedAt } = parseBuildRecord(Buffer.from(record.text).toString());
    const build = { ref, startedAt: millisecondsOf(CreatedAt), endedAt: millisecondsOf(CompletedAt) };
    try {
      added.push(await history.add(build, engine, (log) => readFiledBuild({ source, record }, log, signal)));
    } catch (error) {
      throw added.length === 0 ? error : afterSome(toFailure(error), added.length, records.length);
    }
  }
  return added;
}

/** Says how many builds were added before the one that could not be read. */
const afterSome = (failure: Failure, done: number, all: number): FailureError =>
  new FailureError({ ...failure, detail: `${failure.detail} The first ${done} of its ${all} builds were added before.` });
