import pLimit from 'p-limit';
import type { Engine } from '../engine/open-engine.ts';
import { alignLayers, type HistoryStep, type StepLayer } from './history.ts';

export type IndexedImage = { layers: StepLayer[]; diffIds: string[] };

/** Images asked for at the same time. */
const atOnce = 4;

/**
 * Which layers each image has and how big they are, learnt once for each image id, as an image never changes.
 * From it come the bytes an image has alone and what sharing saves, without the engine's slow `system df`.
 */
export class LayerIndex {
  readonly #images = new Map<string, Promise<IndexedImage | undefined>>();
  #limit = pLimit(atOnce);

  /** The layers of an image; undefined where it is gone. */
  get(engine: Engine, id: string): Promise<IndexedImage | undefined> {
    const known = this.#images.get(id);
    if (known) return known;
    const asked = this.#limit(() => readLayers(engine, id)).catch(() => {
      if (this.#images.get(id) === asked) this.#images.delete(id); // asked again when it is next needed
      return undefined;
    });
    this.#images.set(id, asked);
    return asked;
  }

  /** Forgets everything, also what an engine that has gone was asked and will never answer. */
  forget(): void {
    this.#images.clear();
    this.#limit = pLimit(atOnce);
  }

  /** Forgets every image that is no longer listed. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.#images.keys()) if (!ids.has(id)) this.#images.delete(id);
  }
}

async function readLayers({ docker }: Engine, id: string): Promise<IndexedImage> {
  const image = docker.getImage(id);
  const [facts, history] = await Promise.all([image.inspect(), image.history() as Promise<HistoryStep[]>]);
  const diffIds = facts.RootFS?.Layers ?? [];
  return { layers: alignLayers(history, diffIds), diffIds };
}

/** How many of the images have each layer, by diff id. */
export function countUses(images: Iterable<IndexedImage>): Map<string, number> {
  const uses = new Map<string, number>();
  for (const { diffIds } of images) for (const id of new Set(diffIds)) uses.set(id, (uses.get(id) ?? 0) + 1);
  return uses;
}

/** Bytes of the layers that are in no other image; undefined where a layer's size is not known. */
export function ownSize(image: IndexedImage, uses: ReadonlyMap<string, number>): number | undefined {
  if (!isComplete(image)) return undefined;
  return image.layers.reduce((sum, { size, diffId }) => sum + (diffId && uses.get(diffId) === 1 ? size : 0), 0);
}

/** Bytes of every layer counted once, and how many more they would be if nothing were shared. */
export function diskUse(images: IndexedImage[]): { used: number; savedBySharing: number } | undefined {
  if (!images.every(isComplete)) return undefined;
  const sizes = new Map<string, number>();
  let sum = 0;
  for (const { layers } of images) {
    for (const { diffId, size } of layers) {
      sum += size;
      if (diffId) sizes.set(diffId, size);
    }
  }
  const used = [...sizes.values()].reduce((total, size) => total + size, 0);
  return { used, savedBySharing: sum - used };
}

const isComplete = ({ layers, diffIds }: IndexedImage): boolean => layers.filter(({ diffId }) => diffId).length === diffIds.length;
