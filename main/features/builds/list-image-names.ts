import { readImageList } from '../../foundation/engine/answers/image-answers.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';

/** All names of the engine's images, the newest image first; empty if the engine does not say. */
export async function listImageNames(engine: Engine): Promise<string[]> {
  const images = await readImageList(engine).catch(() => []);
  return images.sort((a, b) => b.Created - a.Created).flatMap(({ RepoTags }) => RepoTags);
}
