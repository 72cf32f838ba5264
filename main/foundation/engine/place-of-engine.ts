import { infoOf } from './engine-info.ts';
import type { Engine } from './open-engine.ts';

/**
 * By what is remembered of an engine's images it is found again after it was started anew, by whatever way it is reached. Another store of the
 * same engine has other images. Podman says no identity of its own, so that its address and its folder stand for it. Rejects with the
 * engine's error.
 */
export async function placeOfEngine(engine: Engine): Promise<string> {
  const { id, root, store } = await infoOf(engine);
  return `engine ${id === '' ? engine.candidate.address : id} ${root} ${store}`;
}

/** The same for a repository of a registry, which is known by itself: no registry tells of all that it has. */
export const placeOfRepository = (repository: string): string => `${registries}${repository}`;

/** How the places of registries begin. */
export const registries = 'registry ';
