import type { ImageInfo } from 'dockerode';
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
import { historyOf, newest } from './look-through-images.ts';

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
  const { layers = [] } = build;
  const { instructions, made } = layersOfBuild(build);
  const images = (await docker.listImages({ digests: true }))
    .filter(({ Id }) => Id !== result.imageId)
    .map((image) => ({ ...image, ...namesOf(image, repositories) }));
  // a namesake is offered however many images are newer
  const [namesakes, others] = [images.filter(({ namesake }) => namesake), images.filter(({ namesake }) => !namesake)];
  const found = [...newest(namesakes), ...newest(others)].map(async ({ Id, name, namesake }): Promise<ComparableImage | undefined> => {
    const image = { image: Id, name: namesake ?? name ?? shortDigest(Id) };
    const steps = await stepsOf(docker, Id).catch((): BuiltLayer[] => []);
    if (readsLike(instructions, { layers, made }, steps, request.target)) return { ...image, because: 'steps' };
    return namesake ? { ...image, because: 'name' } : undefined;
  });
  const all = (await Promise.all(found)).filter((one) => one !== undefined);
  return [...all.filter(({ because }) => because === 'steps'), ...all.filter(({ because }) => because === 'name')].slice(0, mostOffered);
}

const repositoryIn = (reference: string): string => (isReference(reference) ? repositoryKey(parseReference(reference)) : reference);

/** What an image is called, and by which of its names it is of these repositories, if it is. */
function namesOf({ RepoTags, RepoDigests }: ImageInfo, repositories: ReadonlySet<string>): { name?: string; namesake?: string } {
  const names = [...(RepoTags ?? []), ...(RepoDigests ?? [])].filter((name) => !name.startsWith('<none>'));
  const [name, namesake] = [names[0], names.find((one) => repositories.has(repositoryIn(one)))];
  return { ...(name !== undefined && { name }), ...(namesake !== undefined && { namesake }) };
}

const stepsOf = async (docker: Engine['docker'], id: string): Promise<BuiltLayer[]> =>
  (await historyOf(docker, id)).map(({ CreatedBy, Size }) => ({ createdBy: cleanInstruction(CreatedBy), size: Size }));
