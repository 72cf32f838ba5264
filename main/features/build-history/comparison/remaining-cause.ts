import type { BuildStep } from '../../../../contract/build.ts';
import type { Builder } from '../../../../contract/engine.ts';
import type { StepCause } from '../../../../contract/explanation.ts';
import type { Instruction } from '../../../foundation/dockerfile/read-instructions.ts';
import { areOfOneEngine } from './changed-options.ts';
import { linesOf } from './lines-above.ts';
import type { Evidence, MadeBuild } from './made-build.ts';

type Rest = {
  builds: { before: MadeBuild; after: MadeBuild };
  step: BuildStep;
  before: Instruction;
  after: Instruction;
  evidence: Evidence;
};

/** The cause when nothing recorded has changed: the engine no longer had the result, unless something else is unknown. */
export function remainingCause({ builds, step, before, after, evidence }: Rest): StepCause {
  // for other instructions a builder sees only the words
  if (after.keyword === 'RUN' && before.exact !== after.exact)
    return { kind: 'instruction-changed', before: before.exact, after: after.exact };
  const [was, is] = [linesOf(before), linesOf(after)];
  if (was !== is) return { kind: 'instruction-changed', before: was, after: is, isAbove: true };
  if (after.isRemote) return { kind: 'unknown', reason: 'it gets something from the internet, which may have changed there' };
  if (after.sources.length > 0) {
    const comparison = evidence.compare(step.id);
    if (!comparison) return { kind: 'unknown', reason: 'the files of the build before weren’t recorded' };
    if (comparison.selected === 0) return { kind: 'unknown', reason: 'Layerdeck couldn’t tell which of your files it reads' };
    if (comparison.uncertain > 0) return { kind: 'unknown', reason: 'files changed while they were being recorded' };
  }
  const sources = otherSources(builds);
  if (sources) return sources;
  if (areOfOneEngine(builds.before, builds.after) === undefined)
    return { kind: 'unknown', reason: 'it isn’t known which engine made one of the builds' };
  return cacheGone(builds.after.progress.builder, evidence);
}

/** A cause if the cache source images changed. With them, the classic builder looks nowhere else; BuildKit also uses its own cache. */
function otherSources({ before, after }: Rest['builds']): StepCause | undefined {
  const [was, is] = [before.inputs.cacheFrom ?? [], after.inputs.cacheFrom ?? []];
  if (String(was) === String(is)) return undefined;
  const isOnly = after.progress.builder === 'classic';
  return isOnly || is.length > 0
    ? { kind: 'cache-sources', images: is, isOnly }
    : { kind: 'unknown', reason: 'steps may have come from other images last time' };
}

function cacheGone(builder: Builder | undefined, { prunedAt, imageRemoved }: Evidence): StepCause {
  // the classic builder's steps belong to the image: as long as the image exists, pruning does not remove them
  if (builder === 'classic') return { kind: 'cache-gone', evidence: imageRemoved ? 'image-removed' : 'nothing-changed' };
  if (prunedAt !== undefined) return { kind: 'cache-gone', evidence: 'pruned', at: prunedAt };
  return { kind: 'cache-gone', evidence: imageRemoved ? 'image-removed' : 'nothing-changed' };
}
