import { none } from '../index/path-tree.ts';
import type { ImageTree } from '../stack/image-tree.ts';

/** Counts the bytes of an image's files, once for a file of several names. */
export class CountedFiles {
  readonly #tree: ImageTree;
  readonly #isCounted: (Uint8Array | undefined)[];

  constructor(tree: ImageTree) {
    this.#tree = tree;
    this.#isCounted = tree.layers.map(() => undefined);
  }

  /** 0 if nothing is there, and for another name of what was counted. */
  bytesOnce(version: number): number {
    const placed = version === none ? undefined : this.#tree.fileOf(version);
    const layer = placed && this.#tree.layers[placed.layer];
    if (!layer) return 0;
    this.#isCounted[placed.layer] ??= new Uint8Array(layer.fileCount);
    const counted = this.#isCounted[placed.layer] as Uint8Array;
    if (counted[placed.file]) return 0;
    counted[placed.file] = 1;
    return layer.columns.sizes[placed.file] ?? 0;
  }
}
