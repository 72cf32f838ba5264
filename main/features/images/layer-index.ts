import pLimit from 'p-limit';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { chainIds } from '../../foundation/layers/chain-ids.ts';
import type { LayerGroup } from '../../foundation/layers/layer-sizes.ts';
import { sizePlaces } from './history.ts';
import { type ImageLayers, layersOf, readImageLayers } from './read-layers.ts';

export type IndexedImage = ImageLayers & {
  /** Chain ids, the lowest first: the engine stores a layer once for each different set of layers below it. */
  chains: string[];
  /** Bytes by diff id, and by chain id. */
  sizes: LayerGroup[];
  chainSizes: LayerGroup[];
};

/** How many images are inspected at the same time. */
const atOnce = 4;

/**
 * Which layers each image has and how large they are, read once for each image id, as images never change. From this come the
 * bytes that only one image has and what sharing saves, without the engine's slow `system df`.
 */
export class LayerIndex {
  readonly #images = new Map<string, Promise<IndexedImage | undefined>>();
  /** Layers of single steps, which many images share. */
  readonly #steps = new Map<string, Promise<string[] | undefined>>();
  #limit = pLimit(atOnce);

  /** The layers of an image; undefined if it is gone. */
  get(engine: Engine, id: string): Promise<IndexedImage | undefined> {
    const known = this.#images.get(id);
    if (known) return known;
    const asked = this.#limit(() => this.#read(engine, id)).catch(() => {
      if (this.#images.get(id) === asked) this.#images.delete(id); // read again when next needed
      return undefined;
    });
    this.#images.set(id, asked);
    return asked;
  }

  /** Forgets everything, including reads that a vanished engine will never answer. */
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

/** Derives chain ids and sizes from an image's steps and layers. Pure. */
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

/** How many of the images have each layer, by chain id. */
export function countUses(images: Iterable<IndexedImage>): Map<string, number> {
  const uses = new Map<string, number>();
  for (const { chains } of images) for (const chain of chains) uses.set(chain, (uses.get(chain) ?? 0) + 1);
  return uses;
}
