import pLimit from 'p-limit';
import type { LoadDifferences } from '../../contract/task.ts';
import type { Engine } from '../engine/open-engine.ts';
import type { ExpectedImage } from './lists-to-send.ts';

/** Images asked for at the same time. */
const atOnce = 6;

/**
 * What an engine made of a tarball against what its preview shows: by name, and by the layers, as engines have ids of their own.
 * Undefined where it is the same.
 */
export async function compareLoaded(
  { docker }: Engine,
  loaded: string[],
  expected: ExpectedImage[],
  signal: AbortSignal,
): Promise<LoadDifferences | undefined> {
  const limit = pLimit(atOnce);
  const nameless = expected.filter((image) => image.names.length === 0);
  const names = [...new Set([...loaded, ...expected.flatMap((image) => image.names), ...nameless.flatMap(({ ids }) => ids)])];
  const layersOf = new Map(
    await Promise.all(
      names.map((name) =>
        limit(async () => {
          signal.throwIfAborted();
          return [name, await readLayers(docker, name)] as const;
        }),
      ),
    ),
  );
  const wanted = (name: string) => expected.filter((image) => image.names.includes(name)).map(layersKey);
  const all = new Set(expected.map(layersKey));
  const isSame = (name: string) => (isId(name) ? all.has(layersOf.get(name) ?? '') : wanted(name).includes(layersOf.get(name) ?? ''));
  const named = new Set(expected.flatMap((image) => image.names));
  // docker is silent about an image without a name that came with others
  const brought = (image: ExpectedImage) => [...loaded, ...image.ids].some((name) => layersOf.get(name) === layersKey(image));
  const differences: LoadDifferences = {
    more: loaded.filter((name) => (isId(name) ? !isSame(name) : !named.has(name))),
    other: [...named].filter((name) => layersOf.get(name) !== undefined && !isSame(name)),
    missing: [
      ...[...named].filter((name) => layersOf.get(name) === undefined),
      ...nameless.filter((image) => !brought(image)).flatMap(({ ids }) => ids.slice(0, 1)),
    ],
  };
  return Object.values(differences).some((found) => found.length > 0) ? differences : undefined;
}

const isId = (name: string): boolean => name.startsWith('sha256:');

const layersKey = ({ diffIds }: ExpectedImage): string => diffIds.join();

/** Undefined where there is no such image. */
async function readLayers(docker: Engine['docker'], name: string): Promise<string | undefined> {
  try {
    const { RootFS } = await docker.getImage(name).inspect();
    return (RootFS?.Layers ?? []).join();
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return undefined;
    throw error;
  }
}
