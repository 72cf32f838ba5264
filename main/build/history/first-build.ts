import type { BuiltLayer } from '../../../contract/build-record.ts';
import type { ComparableImage, FirstBuild } from '../../../contract/explanation.ts';
import { isReference, parseReference, repositoryKey } from '../../../contract/reference.ts';
import type { Engine } from '../../engine/open-engine.ts';
import { cleanInstruction } from '../../formats/clean-instruction.ts';
import { shortDigest } from '../../formats/digest.ts';
import { readsLike } from '../explain/reads-like.ts';
import type { BuildHistory } from './build-history.ts';
import type { KnownBuild } from './kept-build.ts';
import { layersOfBuild } from './layers-of-build.ts';

/** Images of which the history is read; an engine may have thousands. */
const mostLookedAt = 40;
const mostOffered = 3;

/** What can be said of a build that there is no other to compare with. */
export async function firstBuild(history: BuildHistory, engine: Engine | undefined, build: KnownBuild): Promise<FirstBuild> {
  const { task, folder } = build;
  const isOfFolder = history.summaries.some(
    (other) => other.id !== task.id && other.folder.path === folder && other.createdAt <= task.createdAt,
  );
  // an engine that does not answer offers nothing
  const comparable = engine ? await findComparable(engine, build).catch(() => []) : [];
  return { of: isOfFolder ? 'dockerfile' : 'folder', comparable };
}

/** Images here that read like this Dockerfile, then those of the same name; the newest first. */
async function findComparable({ docker }: Engine, build: KnownBuild): Promise<ComparableImage[]> {
  const { request, result } = build.task;
  if (request.kind !== 'build' || result?.kind !== 'build') return [];
  const repositories = new Set(request.references.map(repositoryIn));
  const { instructions, made } = layersOfBuild(build);
  const images = (await docker.listImages({ digests: true }))
    .filter(({ Id }) => Id !== result.imageId)
    .sort((a, b) => b.Created - a.Created)
    .slice(0, mostLookedAt);
  const found = images.map(async ({ Id, RepoTags, RepoDigests }): Promise<ComparableImage | undefined> => {
    const names = [...(RepoTags ?? []), ...(RepoDigests ?? [])].filter((name) => !name.startsWith('<none>'));
    const namesake = names.find((name) => repositories.has(repositoryIn(name)));
    const image = { image: Id, name: namesake ?? names[0] ?? shortDigest(Id) };
    const steps = await historyOf(docker, Id).catch((): BuiltLayer[] => []);
    if (readsLike(instructions, made, steps, request.target)) return { ...image, because: 'steps' };
    return namesake ? { ...image, because: 'name' } : undefined;
  });
  const all = (await Promise.all(found)).filter((one) => one !== undefined);
  return [...all.filter(({ because }) => because === 'steps'), ...all.filter(({ because }) => because === 'name')].slice(0, mostOffered);
}

const repositoryIn = (reference: string): string => (isReference(reference) ? repositoryKey(parseReference(reference)) : reference);

async function historyOf(docker: Engine['docker'], id: string): Promise<BuiltLayer[]> {
  const steps = ((await docker.getImage(id).history()) ?? []) as { CreatedBy: string; Size: number }[];
  return steps.map(({ CreatedBy, Size }) => ({ createdBy: cleanInstruction(CreatedBy), size: Size })).reverse();
}
