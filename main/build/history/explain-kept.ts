import type { BuildExplanation, StepExplanation } from '../../../contract/explanation.ts';
import { imageExists } from '../../engine/find-image.ts';
import { readNdjson } from '../../engine/ndjson.ts';
import type { Engine } from '../../engine/open-engine.ts';
import { requestStream } from '../../engine/request.ts';
import { BuildComparison } from '../explain/build-comparison.ts';
import type { MadeBuild } from '../explain/made-build.ts';
import { compareKeptContexts } from '../record/context-recorder.ts';
import type { KeptContext } from '../record/context-worker.ts';
import { type KnownBuild, secondsKey } from './kept-build.ts';

type Surroundings = {
  /** The file that a build's context is kept in. */
  contextOf(build: string): string;
  /** The engine that answers now, if any. */
  engine: Engine | undefined;
  /** Of a build that still runs, only what is certain is told. */
  isOver: boolean;
};

/** Explains a build beside the one before, asking the kept contexts and the engine for what else has to be known. */
export async function explainKept(
  after: KnownBuild,
  before: KnownBuild | undefined,
  { contextOf, engine, isOver }: Surroundings,
): Promise<BuildExplanation> {
  const savedSeconds = secondsSaved(after, before);
  if (!before) return { steps: [], ...(savedSeconds > 0 && { savedSeconds }) };
  const comparison = new BuildComparison(madeBuild(before), madeBuild(after));
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

/** What an explanation needs of a kept build. */
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

/** Seconds that steps from the cache took when they were last built. */
function secondsSaved(after: KnownBuild, before: KnownBuild | undefined): number {
  const cached = after.task.progress.build?.steps.filter(({ state, number }) => state === 'cached' && number !== undefined) ?? [];
  return cached.reduce((sum, step) => sum + (before?.knownSeconds[secondsKey(step)] ?? 0), 0);
}

type PruneEvent = { timeNano?: number; time?: number };

/** When the engine's build cache was last pruned between two builds, in milliseconds; it remembers its newest events only. */
async function findPrune({ docker, product }: Engine, before: KnownBuild, after: KnownBuild): Promise<number | undefined> {
  const since = before.task.endedAt ?? before.task.createdAt;
  const until = after.task.startedAt ?? after.task.createdAt;
  // Podman says nothing of it, and does not end such a list
  if (product !== 'Docker') return undefined;
  const isClassic = after.task.progress.build?.builder === 'classic';
  const query = {
    since: (since / 1000).toFixed(3),
    until: (until / 1000).toFixed(3),
    filters: JSON.stringify({ type: [isClassic ? 'image' : 'builder'], event: ['prune'] }),
  };
  try {
    let found: number | undefined;
    const stream = await requestStream(docker, { method: 'GET', path: '/events', query, signal: AbortSignal.timeout(3000) });
    for await (const { timeNano, time } of readNdjson<PruneEvent>(stream)) found = timeNano ? timeNano / 1e6 : (time ?? 0) * 1000;
    return found;
  } catch {
    return undefined;
  }
}

/** For the classic builder an image is its own cache: when it goes, the next build finds nothing. */
async function isImageGone(engine: Engine, before: KnownBuild): Promise<boolean> {
  const { result, progress } = before.task;
  if (result?.kind !== 'build' || progress.build?.builder !== 'classic') return false;
  return imageExists(engine, result.imageId).then(
    (exists) => !exists,
    () => false,
  );
}
