import type { BuildExplanation, StepExplanation } from '../../../contract/explanation.ts';
import { compareKeptContexts } from '../../foundation/context/record/context-recorder.ts';
import type { KeptContext } from '../../foundation/context/record/context-worker.ts';
import { readEvents } from '../../foundation/engine/events.ts';
import { imageExists } from '../../foundation/engine/find-image.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { BuildComparison } from './comparison/build-comparison.ts';
import type { MadeBuild } from './comparison/made-build.ts';
import type { StepScope } from './comparison/steps-to-explain.ts';
import { type KnownBuild, secondsKey } from './kept-build.ts';

type Surroundings = {
  /** The file that holds a build's context. */
  contextOf(build: string): string;
  /** The connected engine, if any. */
  engine: Engine | undefined;
  /** If the build is still running, only what is certain is reported. */
  isOver: boolean;
  /** Which steps to explain; by default those that were built again. */
  which?: StepScope;
};

/** Explains a build by comparing it with the one before; asks the stored contexts and the engine for what else is needed. */
export async function explainKept(
  after: KnownBuild,
  before: KnownBuild | undefined,
  { contextOf, engine, isOver, which }: Surroundings,
): Promise<BuildExplanation> {
  const savedSeconds = secondsSaved(after, before);
  if (!before) return { steps: [], ...(savedSeconds > 0 && { savedSeconds }) };
  const comparison = new BuildComparison(madeBuild(before), madeBuild(after), which);
  const { selections } = comparison;
  const [compared, prunedAt, imageRemoved] = await Promise.all([
    selections.size > 0 ? compareKeptContexts(keptContext(before, contextOf), keptContext(after, contextOf), [...selections.values()]) : [],
    engine ? findPrune(engine, before, after) : undefined,
    engine ? isImageGone(engine, before) : false,
  ]);
  const byStep = new Map([...selections.keys()].map((step, place) => [step, compared[place]]));
  const evidence = { compare: (step: string) => byStep.get(step), imageRemoved, ...(prunedAt !== undefined && { prunedAt }) };
  const explanation = comparison.explain(evidence);
  const steps = isOver ? explanation.steps : explanation.steps.filter(isCertain);
  return { ...explanation, steps, ...(savedSeconds > 0 && { savedSeconds }) };
}

const keptContext = ({ task, ignoreLines }: KnownBuild, contextOf: Surroundings['contextOf']): KeptContext => ({
  file: contextOf(task.id),
  builder: task.progress.build?.builder ?? 'classic',
  ...(ignoreLines && { ignoreLines }),
});

const isCertain = ({ causes, follows }: StepExplanation): boolean =>
  follows.length > 0 || causes.some(({ kind }) => kind !== 'unknown' && kind !== 'cache-gone');

/** What an explanation needs from a stored build. */
export function madeBuild({ task, dockerfile, argDigests, bases, engine }: KnownBuild): MadeBuild {
  return {
    id: task.id,
    at: task.createdAt,
    progress: task.progress.build ?? { builder: 'classic', steps: [] },
    hasSucceeded: task.state === 'succeeded',
    dockerfile: dockerfile.text,
    inputs: task.request.kind === 'build' ? task.request : {},
    argDigests,
    bases,
    engine,
  };
}

/** How many seconds the steps from the cache took when they were last built. */
function secondsSaved(after: KnownBuild, before: KnownBuild | undefined): number {
  const cached = after.task.progress.build?.steps.filter(({ state, number }) => state === 'cached' && number !== undefined) ?? [];
  return cached.reduce((sum, step) => sum + (before?.knownSeconds[secondsKey(step)] ?? 0), 0);
}

/** When the engine's build cache was last pruned between two builds, in milliseconds; the engine keeps only its latest events. */
async function findPrune({ docker, product }: Engine, before: KnownBuild, after: KnownBuild): Promise<number | undefined> {
  const since = before.task.endedAt ?? before.task.createdAt;
  const until = after.task.startedAt ?? after.task.createdAt;
  // Podman does not report it, and never ends such a list
  if (product !== 'Docker') return undefined;
  const isClassic = after.task.progress.build?.builder === 'classic';
  const filters = { type: [isClassic ? 'image' : 'builder'], event: ['prune'] };
  try {
    let found: number | undefined;
    const reading = { between: [since, until] as [number, number], signal: AbortSignal.timeout(3000) };
    for await (const { at } of readEvents(docker, filters, reading)) found = at;
    return found;
  } catch {
    return undefined;
  }
}

/** For the classic builder an image is its own cache: once it is gone, the next build finds nothing. */
async function isImageGone(engine: Engine, before: KnownBuild): Promise<boolean> {
  const { result, progress } = before.task;
  if (result?.kind !== 'build' || progress.build?.builder !== 'classic') return false;
  return imageExists(engine, result.imageId).then(
    (exists) => !exists,
    () => false,
  );
}
