import type { ImageSummary } from '../../contract/image.ts';
import type { Engine } from '../engine/open-engine.ts';

/** Every image of the engine, one entry an image, newest first, with the containers that use it. */
export async function listImages({ docker }: Engine): Promise<ImageSummary[]> {
  const [images, containers] = await Promise.all([docker.listImages(), docker.listContainers({ all: true })]);
  const users = new Map<string, string[]>();
  for (const { ImageID, Names, Id } of containers) {
    const name = Names[0]?.replace(/^\//, '') ?? Id.slice(0, 12);
    users.set(ImageID, [...(users.get(ImageID) ?? []), name]);
  }
  return images
    .map(({ Id, RepoTags, RepoDigests, Size, Created }) => ({
      id: Id,
      // Podman says null, Docker says "<none>:<none>"
      references: (RepoTags ?? []).filter((reference) => !reference.startsWith('<none>')).sort(ownNamesFirst),
      digests: (RepoDigests ?? []).filter((digest) => !digest.startsWith('<none>')).sort(ownNamesFirst),
      size: Size,
      createdAt: Created > 0 ? Created * 1000 : 0,
      usedBy: users.get(Id) ?? [],
    }))
    .sort((a, b) => b.createdAt - a.createdAt || a.id.localeCompare(b.id));
}

// A copy in a registry on this computer is rarely what a person calls the image.
const isLocalCopy = (reference: string): boolean => /^(?:localhost|127\.0\.0\.1)[:/]/.test(reference);
const ownNamesFirst = (a: string, b: string): number => Number(isLocalCopy(a)) - Number(isLocalCopy(b)) || a.localeCompare(b);
