import type { BuildExplanation, StepCause } from '../../../contract/explanation.ts';
import type { Engine } from '../../engine/open-engine.ts';
import { readInstructions } from '../explain/read-instructions.ts';
import { type MadeStep, reusableSteps } from '../explain/reusable-steps.ts';
import type { KnownBuild } from './kept-build.ts';
import { historyOf, newest } from './look-through-images.ts';

/** Adds that steps were built although an image that came from a registry has them, with all that a build with its steps needs. */
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

async function findReusable({ docker }: Engine, { task, dockerfile }: KnownBuild): Promise<{ step: string; cause: StepCause } | undefined> {
  const { request, result, progress } = task;
  if (request.kind !== 'build' || result?.kind !== 'build' || request.noCache) return undefined;
  // BuildKit prefers what it has built itself by now, and no history of its images tells what was copied
  if (progress.build?.builder !== 'classic') return undefined;
  const instructions = readInstructions(dockerfile.text, request.args, 'classic');
  if (!progress.build.steps.some(({ state, number }) => state === 'built' && number !== undefined)) return undefined;
  const images = await docker.listImages({ digests: true });
  const named = images
    .filter(({ Id }) => Id !== result.imageId)
    .flatMap(({ Id, RepoDigests, RepoTags, Created }) => {
      // engines that keep images as registries do give every image this digest, which then tells nothing
      const digests = RepoDigests?.filter((digest) => !digest.endsWith(`@${Id}`)) ?? [];
      const name = nameOf(RepoTags ?? [], digests);
      return name === undefined || request.cacheFrom?.includes(name) ? [] : [{ Id, name, Created }];
    });
  const others = newest(named);
  const stepsOf = async (id: string): Promise<MadeStep[]> =>
    (await historyOf(docker, id)).map(({ Id, CreatedBy }) => ({ text: CreatedBy, isFromElsewhere: Id === '<missing>' || Id === id }));
  const made = others.length > 0 ? await stepsOf(result.imageId) : [];
  let best: { image: string; step: string; count: number } | undefined;
  for (const { Id, name } of others) {
    const found = reusableSteps(progress.build, instructions, made, await stepsOf(Id));
    if (found && found.count > (best?.count ?? 0)) best = { image: name, ...found };
  }
  return best && { step: best.step, cause: { kind: 'not-reused', image: best.image, count: best.count } };
}

/** What it is called where it came from; by its digest where its name was given to another image. */
function nameOf(tags: string[], digests: string[]): string | undefined {
  const known = digests.filter((digest) => !digest.startsWith('<none>'));
  const repositories = known.map((digest) => digest.slice(0, digest.indexOf('@')));
  return tags.find((tag) => repositories.includes(tag.slice(0, tag.lastIndexOf(':')))) ?? known[0];
}
