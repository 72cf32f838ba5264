import type { WhyDifferent } from '../../../contract/cache-matrix.ts';
import type { BuildExplanation } from '../../../contract/explanation.ts';
import type { Engine } from '../../engine/open-engine.ts';
import type { BuildHistory } from './build-history.ts';
import { explainKept } from './explain-kept.ts';
import { withReusable } from './find-reusable.ts';
import { firstBuild } from './first-build.ts';

/** Why steps of a build were built again, as far as it is known by now. `engine` is the one that answers, if any. */
export async function explainBuild(history: BuildHistory, engine: Engine | undefined, id: string): Promise<BuildExplanation> {
  const isOver = history.isOver(id);
  await history.settle(id);
  const [after, before] = await Promise.all([history.known(id), history.before(id)]);
  const explanation = await explainKept(after, before, { contextOf: (build) => history.contextFile(build), engine, isOver });
  if (!isOver) return explanation;
  const first = before ? undefined : await firstBuild(history, engine, after);
  return withReusable({ ...explanation, ...(first && { first }) }, engine, after);
}

/** The steps of the later of two builds that were built again for reasons of their own; nothing where that cannot be told. */
export async function whyDifferent(
  history: BuildHistory,
  engine: Engine | undefined,
  builds: [string, string],
): Promise<{ builds: [before: string, after: string]; steps: WhyDifferent['steps'] } | undefined> {
  const [before, after] = (await Promise.all(builds.map((id) => history.read(id)))).sort((a, b) => a.task.createdAt - b.task.createdAt);
  if (!before || !after || before.folder !== after.folder || before.dockerfile.path !== after.dockerfile.path) return undefined;
  const { steps } = await explainKept(after, before, { contextOf: (build) => history.contextFile(build), engine, isOver: true });
  const instructions = new Map(after.task.progress.build?.steps.map(({ id, instruction }) => [id, instruction]));
  const ofTheirOwn = steps.flatMap(({ step, causes }) => {
    const instruction = instructions.get(step);
    return causes.length > 0 && instruction !== undefined ? [{ instruction, causes }] : [];
  });
  return ofTheirOwn.length > 0 ? { builds: [before.task.id, after.task.id], steps: ofTheirOwn } : undefined;
}
