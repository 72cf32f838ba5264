import type { BuildPair } from '../../../contract/build-record.ts';
import { BuildComparison } from '../explain/build-comparison.ts';
import type { BuildHistory } from './build-history.ts';
import { madeBuild } from './explain-kept.ts';

/** Two builds in their order, with the steps that belong together by their Dockerfiles: BuildKit writes values into what a step is called. */
export async function pairBuilds(history: BuildHistory, ids: [string, string]): Promise<BuildPair> {
  const [one, other] = await Promise.all([history.read(ids[0]), history.read(ids[1])]);
  const [before, after] = one.task.createdAt <= other.task.createdAt ? [one, other] : [other, one];
  const records = await Promise.all([history.record(before.task.id), history.record(after.task.id)]);
  return { records, samePlaces: new BuildComparison(madeBuild(before), madeBuild(after)).samePlaces };
}
