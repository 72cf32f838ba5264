import type { ImageSummary } from '../../../contract/image.ts';
import { isOnThisComputer } from '../../../contract/reference.ts';
import { readContainerList } from '../../foundation/engine/answers/container-answers.ts';
import { readImageList } from '../../foundation/engine/answers/image-answers.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';

/** Every image on the engine, one entry for each, the newest first, with the containers that use it. */
export async function listImages(engine: Engine): Promise<ImageSummary[]> {
  const [images, containers] = await Promise.all([readImageList(engine), readContainerList(engine)]);
  const users = new Map<string, string[]>();
  for (const { ImageID, Names, Id } of containers) {
    const name = Names[0]?.replace(/^\//, '') ?? Id.slice(0, 12);
    users.set(ImageID, [...(users.get(ImageID) ?? []), name]);
  }
  return images
    .map(({ Id, RepoTags, RepoDigests, Size, Created }) => ({
      id: Id,
      references: RepoTags.sort(ownNamesFirst),
      digests: RepoDigests.sort(ownNamesFirst),
      size: Size,
      createdAt: Created > 0 ? Created * 1000 : 0,
      usedBy: users.get(Id) ?? [],
    }))
    .sort((a, b) => b.createdAt - a.createdAt || a.id.localeCompare(b.id));
}

// people rarely call an image by the name of its copy in a local registry
const ownNamesFirst = (a: string, b: string): number => Number(isOnThisComputer(a)) - Number(isOnThisComputer(b)) || a.localeCompare(b);
