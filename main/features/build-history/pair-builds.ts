import type { BuildPair } from '../../../contract/build-record.ts';
import type { BuildHistory } from './build-history.ts';
import { BuildComparison } from './comparison/build-comparison.ts';
import { madeBuild } from './explain-kept.ts';

/** Two builds in order, with the steps that match by Dockerfile line; their names may differ, as BuildKit writes values into them. */
export async function pairBuilds(history: BuildHistory, ids: [string, string]): Promise<BuildPair> {
  const [one, other] = await Promise.all([history.read(ids[0]), history.read(ids[1])]);
  const [before, after] = one.task.createdAt <= other.task.createdAt ? [one, other] : [other, one];
  const records = await Promise.all([history.record(before.task.id), history.record(after.task.id)]);
  return { records, samePlaces: new BuildComparison(madeBuild(before), madeBuild(after)).samePlaces };
}
