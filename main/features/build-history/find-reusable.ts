import type { BuildExplanation, StepCause } from '../../../contract/explanation.ts';
import { readInstructions } from '../../foundation/dockerfile/read-instructions.ts';
import { readImageList } from '../../foundation/engine/answers/image-answers.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { type MadeStep, reusableSteps } from './comparison/reusable-steps.ts';
import { newestImages, readHistory } from './image-histories.ts';
import type { KnownBuild } from './kept-build.ts';

/** Adds the cause that steps were built although an image pulled from a registry has them, with what a build needs to reuse them. */
export async function withReusable(
  explanation: BuildExplanation,
  engine: Engine | undefined,
  build: KnownBuild,
): Promise<BuildExplanation> {
  const found = engine && (await findReusable(engine, build).catch(() => undefined));
  if (!found) return explanation;
  const { step, cause } = found;
  const known = explanation.steps.some((one) => one.step === step);
  const steps = known
    ? explanation.steps.map((one) => (one.step === step ? { ...one, causes: [...one.causes, cause] } : one))
    : [...explanation.steps, { step, causes: [cause], follows: [] }];
  return { ...explanation, steps };
}

async function findReusable(engine: Engine, { task, dockerfile }: KnownBuild): Promise<{ step: string; cause: StepCause } | undefined> {
  const { request, result, progress } = task;
  if (request.kind !== 'build' || result?.kind !== 'build' || request.noCache) return undefined;
  // Podman's cache takes nothing from images that were built elsewhere
  if (engine.product === 'Podman') return undefined;
  // BuildKit now prefers its own results, and the history of its images does not show what was copied
  if (progress.build?.builder !== 'classic') return undefined;
  const instructions = readInstructions(dockerfile.text, request.args, 'classic');
  if (!progress.build.steps.some(({ state, number }) => state === 'built' && number !== undefined)) return undefined;
  const images = await readImageList(engine);
  const named = images
    .filter(({ Id }) => Id !== result.imageId)
    .flatMap(({ Id, RepoDigests, RepoTags, Created }) => {
      // engines with the containerd store give every image such a digest, so it says nothing about a registry
      const digests = RepoDigests.filter((digest) => !digest.endsWith(`@${Id}`));
      const name = nameOf(RepoTags, digests);
      return name === undefined || request.cacheFrom?.includes(name) ? [] : [{ Id, name, Created }];
    });
  const others = newestImages(named);
  const stepsOf = async (id: string): Promise<MadeStep[]> =>
    (await readHistory(engine, id)).map(({ Id, CreatedBy }) => ({ text: CreatedBy, isFromElsewhere: Id === '<missing>' || Id === id }));
  const made = others.length > 0 ? await stepsOf(result.imageId) : [];
  let best: { image: string; step: string; count: number } | undefined;
  for (const { Id, name } of others) {
    const found = reusableSteps(progress.build, instructions, made, await stepsOf(Id));
    if (found && found.count > (best?.count ?? 0)) best = { image: name, ...found };
  }
  return best && { step: best.step, cause: { kind: 'not-reused', image: best.image, count: best.count } };
}

/** The image's name at its registry; with its digest if the name was given to another image. */
function nameOf(tags: string[], digests: string[]): string | undefined {
  const repositories = digests.map((digest) => digest.slice(0, digest.indexOf('@')));
  return tags.find((tag) => repositories.includes(tag.slice(0, tag.lastIndexOf(':')))) ?? digests[0];
}
