import type { WhyDifferent } from '../../../contract/cache-matrix.ts';
import type { BuildExplanation, StepCause } from '../../../contract/explanation.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import type { BuildHistory } from './build-history.ts';
import { describeFirstBuild } from './describe-first-build.ts';
import { explainKept } from './explain-kept.ts';
import { withReusable } from './find-reusable.ts';

/** Why a build's steps were built again, as far as it is known so far. `engine` is the connected one, if any. */
export async function explainBuild(history: BuildHistory, engine: Engine | undefined, id: string): Promise<BuildExplanation> {
  const isOver = history.isOver(id);
  await history.settle(id);
  const [after, before] = await Promise.all([history.known(id), history.before(id)]);
  const explanation = await explainKept(after, before, { contextOf: (build) => history.contextFile(build), engine, isOver });
  if (!isOver) return explanation;
  const first = before ? undefined : await describeFirstBuild(history, engine, after);
  return withReusable({ ...explanation, ...(first && { first }) }, engine, after);
}

/** The steps that differ between two builds, or that the later one built again for other reasons; undefined if none is known. */
export async function whyDifferent(
  history: BuildHistory,
  engine: Engine | undefined,
  builds: [string, string],
): Promise<{ builds: [before: string, after: string]; steps: WhyDifferent['steps'] } | undefined> {
  const [before, after] = (await Promise.all(builds.map((id) => history.read(id)))).sort((a, b) => a.task.createdAt - b.task.createdAt);
  if (!before || !after || before.folder !== after.folder || before.dockerfile.path !== after.dockerfile.path) return undefined;
  const around = { contextOf: (build: string) => history.contextFile(build), engine, isOver: true };
  // with builds in between, a step from the cache can be a different result too
  const [all, rebuilt] = await Promise.all([explainKept(after, before, { ...around, which: 'all' }), explainKept(after, before, around)]);
  const [different, again] = [causesByStep(all), causesByStep(rebuilt)];
  const steps = (after.task.progress.build?.steps ?? []).flatMap(({ id, instruction, lines }) => {
    const causes = different.get(id) ?? again.get(id)?.filter((cause) => different.size === 0 || !isOfAbove(cause)) ?? [];
    return causes.length > 0 ? [{ instruction, causes, line: lines?.first ?? 0 }] : [];
  });
  if (steps.length === 0) return undefined;
  const byLine = steps.sort((a, b) => a.line - b.line).map(({ instruction, causes }) => ({ instruction, causes }));
  return { builds: [before.task.id, after.task.id], steps: byLine };
}

const causesByStep = ({ steps }: BuildExplanation): Map<string, StepCause[]> =>
  new Map(steps.filter(({ causes }) => causes.length > 0).map(({ step, causes }) => [step, causes]));

// already reported for the step above
const isOfAbove = (cause: StepCause): boolean => 'isAbove' in cause && cause.isAbove === true;
