import type { Engine } from '../engine/open-engine.ts';

/** All names of the engine's images, the newest image first; none where it does not say. */
export async function namesHere({ docker }: Engine): Promise<string[]> {
  const images = await docker.listImages().catch(() => []);
  return images.sort((a, b) => b.Created - a.Created).flatMap(({ RepoTags }) => RepoTags ?? []);
}
