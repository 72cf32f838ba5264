import pLimit from 'p-limit';
import { bytesOf, joinSizes, type LayerGroup } from '../engine/layer-sizes.ts';
import type { Engine } from '../engine/open-engine.ts';
import { chainIds } from './chain-ids.ts';
import { sizePlaces } from './history.ts';
import { type ImageLayers, layersOf, readImageLayers } from './read-layers.ts';

export type IndexedImage = ImageLayers & {
  /** Layers as they lie on the disk, the lowest first: one on another ground lies there once more. */
  chains: string[];
  /** Bytes by diff ids, and by chains. */
  sizes: LayerGroup[];
  chainSizes: LayerGroup[];
};

/** Images asked for at the same time. */
const atOnce = 4;

/**
 * Which layers each image has and how big they are, learnt once for each image id, as an image never changes.
 * From it come the bytes an image has alone and what sharing saves, without the engine's slow `system df`.
 */
export class LayerIndex {
  readonly #images = new Map<string, Promise<IndexedImage | undefined>>();
  /** Layers of single steps: many images go on from the same. */
  readonly #steps = new Map<string, Promise<string[] | undefined>>();
  #limit = pLimit(atOnce);

  /** The layers of an image; undefined where it is gone. */
  get(engine: Engine, id: string): Promise<IndexedImage | undefined> {
    const known = this.#images.get(id);
    if (known) return known;
    const asked = this.#limit(() => this.#read(engine, id)).catch(() => {
      if (this.#images.get(id) === asked) this.#images.delete(id); // asked again when it is next needed
      return undefined;
    });
    this.#images.set(id, asked);
    return asked;
  }

  /** Forgets everything, also what an engine that has gone was asked and will never answer. */
  forget(): void {
    this.#images.clear();
    this.#steps.clear();
    this.#limit = pLimit(atOnce);
  }

  /** Forgets every image that is no longer listed. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.#images.keys()) if (!ids.has(id)) this.#images.delete(id);
    this.#steps.clear();
  }

  async #read(engine: Engine, id: string): Promise<IndexedImage> {
    return indexed(await readImageLayers(engine, id, (step) => this.#layersOf(engine, step)));
  }

  #layersOf(engine: Engine, step: string): Promise<string[] | undefined> {
    const known = this.#steps.get(step);
    if (known) return known;
    const asked = layersOf(engine, step);
    this.#steps.set(step, asked);
    asked.catch(() => this.#steps.delete(step));
    return asked;
  }
}

/** What else follows from an image's steps and layers. Pure. */
export function indexed({ steps, diffIds }: ImageLayers): IndexedImage {
  const chains = chainIds(diffIds);
  const groups = sizePlaces(steps, diffIds.length);
  const named = (names: string[]) =>
    groups.map(
      ({ places, bytes }): LayerGroup => ({
        layers: places.map((place) => names[place] ?? ''),
        ...(bytes !== undefined && { bytes }),
      }),
    );
  return { steps, diffIds, chains, sizes: named(diffIds), chainSizes: named(chains) };
}

/** How many of the images have each layer. */
export function countUses(images: Iterable<IndexedImage>): Map<string, number> {
  const uses = new Map<string, number>();
  for (const { chains } of images) for (const chain of chains) uses.set(chain, (uses.get(chain) ?? 0) + 1);
  return uses;
}

/** Bytes of each image's layers that no other image has; undefined where they are not known. */
export function ownSizes(images: IndexedImage[]): (number | undefined)[] {
  const uses = countUses(images);
  const sizes = joinSizes(images.flatMap(({ chainSizes }) => chainSizes));
  return images.map(({ chains }) =>
    bytesOf(
      chains.filter((chain) => uses.get(chain) === 1),
      sizes,
    ),
  );
}

/** Bytes of every layer counted once, and how many more they would be if nothing were shared. */
export function diskUse(images: IndexedImage[]): { used: number; savedBySharing: number } | undefined {
  const sizes = joinSizes(images.flatMap(({ chainSizes }) => chainSizes));
  const used = bytesOf(
    images.flatMap(({ chains }) => chains),
    sizes,
  );
  const whole = images.map(({ chains }) => bytesOf(chains, sizes));
  if (used === undefined || whole.includes(undefined)) return undefined;
  return { used, savedBySharing: whole.reduce<number>((sum, size) => sum + (size ?? 0), 0) - used };
}
