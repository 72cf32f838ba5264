import type { BuiltLayer } from '../../../contract/build-record.ts';
import type { ComparableImage, FirstBuild } from '../../../contract/explanation.ts';
import { isReference, parseReference, repositoryKey } from '../../../contract/reference.ts';
import { type ListedImage, readImageList } from '../../foundation/engine/answers/image-answers.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { cleanInstruction } from '../../foundation/formats/clean-instruction.ts';
import { shortDigest } from '../../foundation/formats/digest.ts';
import type { BuildHistory } from './build-history.ts';
import { hasSimilarSteps } from './comparison/has-similar-steps.ts';
import { newestImages, readHistory } from './image-histories.ts';
import type { KnownBuild } from './kept-build.ts';
import { layersOfBuild } from './layers-of-build.ts';

const mostOffered = 3;

/** What can be said about a build that has no earlier one to compare with. */
export async function describeFirstBuild(history: BuildHistory, engine: Engine | undefined, build: KnownBuild): Promise<FirstBuild> {
  const { task, origin, folder } = build;
  const isOfFolder = history.summaries.some(
    (other) => other.id !== task.id && other.folder.path === folder && other.createdAt <= task.createdAt,
  );
  // without an engine there is nothing to offer
  const comparable = engine ? await findComparable(engine, build).catch(() => []) : [];
  return { of: origin ? 'name' : isOfFolder ? 'dockerfile' : 'folder', comparable };
}

/** Images on the engine whose steps read like this Dockerfile, then those with the same name; the newest first. */
async function findComparable(engine: Engine, build: KnownBuild): Promise<ComparableImage[]> {
  const { request, result } = build.task;
  if (request.kind !== 'build' || result?.kind !== 'build') return [];
  const repositories = new Set(request.references.map(repositoryIn));
  const { layers = [] } = build;
  const { instructions, made } = layersOfBuild(build);
  const images = (await readImageList(engine))
    .filter(({ Id }) => Id !== result.imageId)
    .map((image) => ({ ...image, ...namesOf(image, repositories) }));
  // images with the same name are offered no matter how many others are newer
  const [namesakes, others] = [images.filter(({ namesake }) => namesake), images.filter(({ namesake }) => !namesake)];
  const found = [...newestImages(namesakes), ...newestImages(others)].map(
    async ({ Id, name, namesake }): Promise<ComparableImage | undefined> => {
      const image = { image: Id, name: namesake ?? name ?? shortDigest(Id) };
      const steps = await stepsOf(engine, Id).catch((): BuiltLayer[] => []);
      if (hasSimilarSteps(instructions, { layers, made }, steps, request.target)) return { ...image, because: 'steps' };
      return namesake ? { ...image, because: 'name' } : undefined;
    },
  );
  const all = (await Promise.all(found)).filter((one) => one !== undefined);
  return [...all.filter(({ because }) => because === 'steps'), ...all.filter(({ because }) => because === 'name')].slice(0, mostOffered);
}

const repositoryIn = (reference: string): string => (isReference(reference) ? repositoryKey(parseReference(reference)) : reference);

/** An image's name, and the name by which it belongs to one of these repositories, if it does. */
function namesOf({ RepoTags, RepoDigests }: ListedImage, repositories: ReadonlySet<string>): { name?: string; namesake?: string } {
  const names = [...RepoTags, ...RepoDigests];
  const [name, namesake] = [names[0], names.find((one) => repositories.has(repositoryIn(one)))];
  return { ...(name !== undefined && { name }), ...(namesake !== undefined && { namesake }) };
}

const stepsOf = async (engine: Engine, id: string): Promise<BuiltLayer[]> =>
  (await readHistory(engine, id)).map(({ CreatedBy, Size }) => ({ createdBy: cleanInstruction(CreatedBy), size: Size }));
