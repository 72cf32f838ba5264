import type { FileAspect, FileChange } from '../../../../contract/layer-files.ts';
import { growingBytes, growingWords } from '../index/growing.ts';
import { none, PathTree } from '../index/path-tree.ts';
import type { ImageTree } from '../stack/image-tree.ts';
import { aspectsBetween } from '../stack/same-file.ts';

const changes: (FileChange | undefined)[] = [undefined, 'added', 'changed', 'removed'];
const aspectNames: readonly FileAspect[] = ['kind', 'content', 'link', 'mode', 'owner', 'attributes', 'time'];
const time = 1 << aspectNames.indexOf('time');

/** Two images, and how many of their lowest layers are the same ones. */
export type ComparedTrees = { first: ImageTree; second: ImageTree; common: number };

/**
 * Everything in which two images differ, place by place, each with all layers on top of each other. Only places that differ, and the folders
 * above them, are kept. The order of files in tarballs is nobody's, and which names are one file is not compared.
 */
export class TreeComparison {
  readonly trees: ComparedTrees;
  /** Places of this comparison, which have numbers of their own. */
  readonly paths = new PathTree();
  /** Files and links that are the same in both, also if their times differ. */
  same = 0;
  readonly #changes = growingBytes();
  readonly #aspects = growingBytes();
  /** The place in each image; `none` if it has none of that name. */
  readonly #places = [growingWords(), growingWords()] as const;
  /** By place of an image, the place here; 0 is the root, and stands for none as well. */
  readonly #mine: readonly [Uint32Array, Uint32Array];
  /** By place of the first image, the one of the same name in the second; and the other way round. */
  readonly #twins: readonly [Uint32Array, Uint32Array];

  constructor(trees: ComparedTrees) {
    this.trees = trees;
    const { first, second } = trees;
    this.#mine = [new Uint32Array(first.paths.count), new Uint32Array(second.paths.count)];
    this.#twins = [new Uint32Array(first.paths.count).fill(none), new Uint32Array(second.paths.count).fill(none)];
    this.#twins[0][0] = this.#twins[1][0] = 0;
    this.#lookAtFirst();
    this.#lookAtSecond();
  }

  changeAt(place: number): FileChange | undefined {
    return changes[this.#changes.at(place)];
  }

  aspectsAt(place: number): FileAspect[] {
    const bits = this.#aspects.at(place);
    return aspectNames.filter((_, at) => bits & (1 << at));
  }

  /** Whether nothing but its time is another one. */
  isTimeAlone(place: number): boolean {
    return this.#aspects.at(place) === time;
  }

  /** What an image has at a place, by the number of its version; `none` if nothing. */
  versionAt(place: number, side: 0 | 1): number {
    const own = this.placeIn(place, side);
    return own === none ? none : atTop(this.#tree(side), own);
  }

  /** The number that an image itself has for a place; `none` if it has no such name. */
  placeIn(place: number, side: 0 | 1): number {
    return this.#places[side].at(place);
  }

  #tree(side: 0 | 1): ImageTree {
    return side === 0 ? this.trees.first : this.trees.second;
  }

  #lookAtFirst(): void {
    const { first, second, common } = this.trees;
    const [twins, origins] = this.#twins;
    // a folder has a lower number than what is in it
    for (let place = 1; place < first.paths.count; place++) {
      const folder = twins[first.paths.parentOf(place)] ?? none;
      const twin = folder === none ? none : second.paths.find(folder, first.paths.nameOf(place));
      twins[place] = twin;
      if (twin !== none) origins[twin] = place;
      const before = atTop(first, place);
      const after = twin === none ? none : atTop(second, twin);
      if (before === none && after === none) continue;
      if (before === none) this.#differ(1, twin, 1, 0);
      else if (after === none) this.#differ(0, place, 3, 0);
      else this.#compare(place, before, after, common);
    }
  }

  #lookAtSecond(): void {
    const { second } = this.trees;
    const [, origins] = this.#twins;
    for (let place = 1; place < second.paths.count; place++)
      if (origins[place] === none && atTop(second, place) !== none) this.#differ(1, place, 1, 0);
  }

  #compare(place: number, before: number, after: number, common: number): void {
    const { first, second } = this.trees;
    const [one, other] = [first.versionOf(before), second.versionOf(after)];
    // written by a layer that both have, on the same layers
    const isSame = one.layer === other.layer && one.layer < common && one.node === other.node;
    const aspects = isSame ? [] : aspectsBetween(first, before, second, after);
    const bits = aspects.reduce((sum, aspect) => sum | (1 << aspectNames.indexOf(aspect)), 0);
    if ((bits === 0 || bits === time) && !first.isFolder(before)) this.same++;
    if (bits !== 0) this.#differ(0, place, 2, bits);
  }

  #differ(side: 0 | 1, place: number, change: number, aspects: number): void {
    const own = this.#ensure(side, place);
    this.#changes.set(own, change);
    this.#aspects.set(own, aspects);
  }

  /** The place here for one of an image, made with the folders above it if there is none. */
  #ensure(side: 0 | 1, place: number): number {
    const mine = this.#mine[side];
    const missing: number[] = [];
    for (let at = place; at !== 0 && mine[at] === 0; at = this.#tree(side).paths.parentOf(at)) missing.push(at);
    for (let at = missing.pop(); at !== undefined; at = missing.pop()) mine[at] = this.#make(side, at);
    return mine[place] ?? 0;
  }

  #make(side: 0 | 1, place: number): number {
    const { paths } = this.#tree(side);
    const before = this.paths.count;
    const own = this.paths.ensure(this.#mine[side][paths.parentOf(place)] ?? 0, paths.nameOf(place));
    if (own === before) {
      const twin = this.#twins[side][place] ?? none;
      this.#places[side].set(own, place);
      this.#places[side === 0 ? 1 : 0].set(own, twin);
      this.#changes.room(own + 1);
      this.#aspects.room(own + 1);
    }
    return own;
  }
}

const atTop = (tree: ImageTree, place: number): number => tree.at(place, tree.layers.length - 1);
