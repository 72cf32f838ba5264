import type { FileChange, FileFilter, FileKind, FileSums, FilesSummary } from '../../../../contract/layer-files.ts';
import { none } from '../index/path-tree.ts';
import type { ImageTree } from './image-tree.ts';
import { NameMatch } from './name-match.ts';
import { aspectsOf } from './same-file.ts';

/** What is looked at: see `FilesView` in the contract. */
export type ViewOrder = { from: number; to: number; all: boolean; filter: FileFilter };

const changes: (FileChange | undefined)[] = [undefined, 'added', 'changed', 'removed'];

/** What a range of layers did to each place, or what is there after it, with the sums of every folder. */
export class FileView {
  readonly tree: ImageTree;
  readonly order: ViewOrder;
  /** By place: the version that is shown; `none` if nothing is. For what was removed, the one before. */
  readonly #shown: Uint32Array;
  readonly #changes: Uint8Array;
  /** Whether a place itself is shown, and not only something in it. */
  readonly #isMatch: Uint8Array;
  readonly #files: Uint32Array;
  readonly #bytes: Float64Array;
  readonly #removed: Float64Array;
  /** Whether anything is shown at or in a place. */
  readonly #isVisible: Uint8Array;
  readonly #counts: Record<FileChange, number> = { added: 0, changed: 0, removed: 0 };

  constructor(tree: ImageTree, order: ViewOrder) {
    this.tree = tree;
    this.order = order;
    const { count } = tree.paths;
    this.#shown = new Uint32Array(count).fill(none);
    this.#changes = new Uint8Array(count);
    this.#isMatch = new Uint8Array(count);
    this.#files = new Uint32Array(count);
    this.#bytes = new Float64Array(count);
    this.#removed = new Float64Array(count);
    this.#isVisible = new Uint8Array(count);
    for (let place = 1; place < count; place++) this.#look(place);
    this.#sum();
  }

  /** The version shown at a place; `none` for a folder that only has something in it, too, if it is as before. */
  shownAt(place: number): number {
    const shown = this.#shown[place] ?? none;
    return shown === none ? this.tree.at(place, this.order.to) : shown;
  }

  changeAt(place: number): FileChange | undefined {
    return this.#isMatch[place] ? changes[this.#changes[place] ?? 0] : undefined;
  }

  isMatch(place: number): boolean {
    return this.#isMatch[place] === 1;
  }

  isVisible(place: number): boolean {
    return this.#isVisible[place] === 1;
  }

  sumsAt(place: number): FileSums {
    return { files: this.#files[place] ?? 0, bytes: this.#bytes[place] ?? 0, removedBytes: this.#removed[place] ?? 0 };
  }

  get summary(): FilesSummary {
    return { ...this.sumsAt(0), changes: this.#counts };
  }

  #look(place: number): void {
    const { tree, order } = this;
    const after = tree.at(place, order.to);
    const isTouched = this.#touchedBy(place);
    if (!isTouched && !(order.all && after !== none)) return;
    const before = order.from === 0 ? none : tree.at(place, order.from - 1);
    // made and taken away in between
    if (before === none && after === none) return;
    const shown = after === none ? before : after;
    this.#shown[place] = shown;
    const change = isTouched ? this.#changeOf(before, after) : 0;
    this.#changes[place] = change;
    const isFolder = tree.isFolder(shown);
    const name = changes[change];
    if (name && !isFolder) this.#counts[name]++;
    if (change === 0 && !order.all) return;
    if (this.#fits(place, shown, name)) this.#isMatch[place] = 1;
  }

  /** Whether a layer of the range has a version of it. */
  #touchedBy(place: number): boolean {
    const { tree, order } = this;
    let version = tree.newest(place);
    while (version !== none && tree.layerOf(version) > order.to) version = tree.older(version);
    return version !== none && tree.layerOf(version) >= order.from;
  }

  #changeOf(before: number, after: number): number {
    if (before === none) return 1;
    if (after === none) return 3;
    // a folder is in a layer whenever something in it is
    const isFolder = this.tree.isFolder(after) && this.tree.isFolder(before);
    return isFolder && aspectsOf(this.tree, before, after).every((aspect) => aspect === 'time') ? 0 : 2;
  }

  #fits(place: number, shown: number, change: FileChange | undefined): boolean {
    const { tree } = this;
    const { changes: wanted, kinds, atLeast, text } = this.order.filter;
    if (wanted && (!change || !wanted.includes(change))) return false;
    if (kinds && !kinds.includes(tree.kindOf(shown) as FileKind)) return false;
    if (atLeast && (tree.isFolder(shown) || tree.sizeOf(shown) < atLeast)) return false;
    return !text || this.#name(text).isIn(tree.paths.nameOf(place));
  }

  #match: NameMatch | undefined;
  #name(text: string): NameMatch {
    this.#match ??= new NameMatch(text);
    return this.#match;
  }

  #sum(): void {
    const { tree } = this;
    // names of one file count once: those of a layer whose files have several
    const isCounted = tree.layers.map((layer) => (layer.hasLinks ? new Uint8Array(layer.fileCount) : undefined));
    for (let place = 1; place < this.#shown.length; place++) {
      if (!this.#isMatch[place]) continue;
      this.#isVisible[place] = 1;
      const shown = this.#shown[place] ?? none;
      if (tree.isFolder(shown)) continue;
      this.#files[place] = 1;
      const isRemoved = this.#changes[place] === 3;
      const bytes = this.#bytesOnce(shown, isRemoved ? undefined : isCounted);
      (isRemoved ? this.#removed : this.#bytes)[place] = bytes;
    }
    // a folder has a lower number than what is in it
    for (let place = this.#shown.length - 1; place > 0; place--) {
      const parent = tree.paths.parentOf(place);
      add(this.#files, parent, this.#files[place] ?? 0);
      add(this.#bytes, parent, this.#bytes[place] ?? 0);
      add(this.#removed, parent, this.#removed[place] ?? 0);
      if (this.#isVisible[place]) this.#isVisible[parent] = 1;
    }
  }

  #bytesOnce(version: number, isCounted: (Uint8Array | undefined)[] | undefined): number {
    const placed = this.tree.fileOf(version);
    // a link to a file of another layer adds no bytes to its own
    if (!placed || placed.layer !== this.tree.layerOf(version)) return 0;
    const counted = isCounted?.[placed.layer];
    if (counted?.[placed.file]) return 0;
    if (counted) counted[placed.file] = 1;
    return this.tree.layers[placed.layer]?.columns.sizes[placed.file] ?? 0;
  }
}

function add(sums: Uint32Array | Float64Array, place: number, more: number): void {
  sums[place] = (sums[place] ?? 0) + more;
}
