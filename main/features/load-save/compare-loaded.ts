import pLimit from 'p-limit';
import type { LoadDifferences } from '../../../contract/task.ts';
import { findImage } from '../../foundation/engine/find-image.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import type { ExpectedImage } from './lists-to-send.ts';

/** How many images are inspected at the same time. */
const atOnce = 6;

/**
 * Compares what an engine loaded from a tarball with the preview: by name, and by layers, as each engine has its own ids.
 * Undefined if there is no difference.
 */
export async function compareLoaded(
  engine: Engine,
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
          return [name, await readLayers(engine, name, signal)] as const;
        }),
      ),
    ),
  );
  const wanted = (name: string) => expected.filter((image) => image.names.includes(name)).map(layersKey);
  const all = new Set(expected.map(layersKey));
  const isSame = (name: string) => (isId(name) ? all.has(layersOf.get(name) ?? '') : wanted(name).includes(layersOf.get(name) ?? ''));
  const named = new Set(expected.flatMap((image) => image.names));
  // docker does not mention an image without a name that was loaded with others
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

/** Undefined if there is no such image. */
const readLayers = async (engine: Engine, name: string, signal: AbortSignal): Promise<string | undefined> =>
  (await findImage(engine, name, signal))?.RootFS.Layers.join();
