import { growingWords } from '../index/growing.ts';
import { type FileKind, type LayerIndex, marks } from '../index/layer-index.ts';
import { none, PathTree } from '../index/path-tree.ts';

/** What a layer has at a place: its node there, or `none` if it takes away what was there. */
export type Version = { layer: number; node: number };

/** A file of a layer, by its number there. */
export type PlacedFile = { layer: number; file: number };

/**
 * The layers of an image on top of each other, the lowest first, as an overlay of their folders shows them. Every place has its
 * versions, from the lowest layer that has it to the highest; numbers of versions stand for them everywhere, and `none` for no version.
 */
export class ImageTree {
  readonly layers: readonly LayerIndex[];
  readonly paths = new PathTree();
  readonly #newest = growingWords();
  #count = 0;
  readonly #layers = growingWords();
  readonly #nodes = growingWords();
  readonly #places = growingWords();
  readonly #older = growingWords();
  /** What hard links to files of layers below lead to, by the number of the version. */
  readonly #targets = new Map<number, PlacedFile>();
  /** For each layer, the version of each of its nodes. */
  readonly #versionsOf: Uint32Array[] = [];

  constructor(layers: readonly LayerIndex[]) {
    this.layers = layers;
    this.#newest.set(0, none);
    for (let layer = 0; layer < layers.length; layer++) this.#stack(layer);
  }

  /** How many versions there are. */
  get versionCount(): number {
    return this.#count;
  }

  versionOf(version: number): Version {
    return { layer: this.#layers.at(version), node: this.#nodes.at(version) };
  }

  layerOf(version: number): number {
    return this.#layers.at(version);
  }

  /** Its place. */
  placeOf(version: number): number {
    return this.#places.at(version);
  }

  /** Whether it takes away what was there. */
  isRemoval(version: number): boolean {
    return this.#nodes.at(version) === none;
  }

  /** The version before it at its place. */
  older(version: number): number {
    return this.#older.at(version);
  }

  newest(place: number): number {
    return this.#newest.at(place);
  }

  /** What is at a place once the layers up to that one are there; `none` also if it is taken away. */
  at(place: number, layer: number): number {
    let version = this.newest(place);
    while (version !== none && this.layerOf(version) > layer) version = this.older(version);
    return version !== none && this.isRemoval(version) ? none : version;
  }

  /** The version that a node of a layer became; `none` for one that says nothing of its own. */
  versionOfNode(layer: number, node: number): number {
    return this.#versionsOf[layer]?.[node] ?? none;
  }

  /** The file behind a version that is no removal; undefined for a folder that no member names, and for a link that leads nowhere. */
  fileOf(version: number): PlacedFile | undefined {
    const { layer, node } = this.versionOf(version);
    const file = this.layers[layer]?.columns.files[node] ?? none;
    if (file === none) return undefined;
    return this.layers[layer]?.kindOf(file) === 'link-below' ? this.#targets.get(version) : { layer, file };
  }

  kindOf(version: number): FileKind {
    const index = this.layers[this.layerOf(version)];
    const file = index?.columns.files[this.#nodes.at(version)] ?? none;
    // a folder that no member names
    if (!index || file === none) return 'folder';
    const kind = index.kindOf(file);
    const target = kind === 'link-below' ? this.#targets.get(version) : undefined;
    return target ? (this.layers[target.layer]?.kindOf(target.file) ?? kind) : kind;
  }

  isFolder(version: number): boolean {
    return this.kindOf(version) === 'folder';
  }

  /** Bytes of a file; 0 for everything else. */
  sizeOf(version: number): number {
    const placed = this.fileOf(version);
    return placed ? (this.layers[placed.layer]?.columns.sizes[placed.file] ?? 0) : 0;
  }

  #stack(layer: number): void {
    const index = this.layers[layer] as LayerIndex;
    const { parents, files, marks: marked } = index.columns;
    const places = new Uint32Array(index.count);
    const versions = new Uint32Array(index.count).fill(none);
    this.#versionsOf.push(versions);
    // what is below goes before anything new comes: a layer hides nothing of its own
    if ((marked[0] ?? 0) & marks.hidesContent) this.#removeContent(0, layer);
    for (let node = 1; node < index.count; node++) {
      if (!index.isThere(node)) continue;
      const place = this.#ensure(places[parents[node] ?? 0] ?? 0, index.nameOf(node));
      places[node] = place;
      const mark = marked[node] ?? 0;
      const file = files[node] ?? none;
      if (mark & marks.hides) this.#remove(place, layer);
      else if (mark & marks.hidesContent || (file !== none && index.kindOf(file) !== 'folder')) this.#removeContent(place, layer);
    }
    for (let node = 1; node < index.count; node++) {
      if (!index.isThere(node)) continue;
      const place = places[node] ?? 0;
      const file = files[node] ?? none;
      if (file === none && !((marked[node] ?? 0) & marks.isImplied)) continue;
      if (file === none && this.#hasFolder(place)) continue;
      const version = this.#add(place, layer, node);
      versions[node] = version;
      if (file !== none && index.kindOf(file) === 'link-below') this.#link(version, layer, index.textOf(file));
    }
  }

  #link(version: number, layer: number, target: Uint8Array): void {
    const place = this.paths.findPath(target);
    const below = place === none ? none : this.at(place, layer - 1);
    const placed = below === none || this.isFolder(below) ? undefined : this.fileOf(below);
    if (placed) this.#targets.set(version, placed);
  }

  #hasFolder(place: number): boolean {
    const newest = this.newest(place);
    return newest !== none && !this.isRemoval(newest) && this.isFolder(newest);
  }

  #remove(place: number, layer: number): void {
    this.#removeContent(place, layer);
    const newest = this.newest(place);
    if (newest !== none && !this.isRemoval(newest)) this.#add(place, layer, none);
  }

  #removeContent(place: number, layer: number): void {
    const open = [place];
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      for (const child of this.paths.childrenOf(folder)) {
        const newest = this.newest(child);
        if (newest === none || this.isRemoval(newest)) continue;
        this.#add(child, layer, none);
        open.push(child);
      }
    }
  }

  #add(place: number, layer: number, node: number): number {
    const version = this.#count++;
    this.#layers.set(version, layer);
    this.#nodes.set(version, node);
    this.#places.set(version, place);
    this.#older.set(version, this.#newest.at(place));
    this.#newest.set(place, version);
    return version;
  }

  #ensure(parent: number, name: Uint8Array): number {
    const before = this.paths.count;
    const place = this.paths.ensure(parent, name);
    if (this.paths.count > before) this.#newest.set(place, none);
    return place;
  }
}
