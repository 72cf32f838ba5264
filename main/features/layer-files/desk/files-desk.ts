import type {
  CompareDetails,
  ComparedPackages,
  CompareOrder,
  CompareRow,
  CompareSummary,
  FoundDifference,
} from '../../../../contract/compare.ts';
import type {
  FileDetails,
  FileOrder,
  FileRows,
  FilesPage,
  FilesSummary,
  FoundRow,
  RemovedInStep,
  Waste,
  WhatIf,
} from '../../../../contract/layer-files.ts';
import { FailureError } from '../../../foundation/failures/failure.ts';
import { comparePackages } from '../compare/compare-packages.ts';
import { ComparisonRows, compareDetailsOf } from '../compare/comparison-rows.ts';
import { type ComparisonOrder, ComparisonView } from '../compare/comparison-view.ts';
import { summarise } from '../compare/summarise.ts';
import { TreeComparison } from '../compare/tree-comparison.ts';
import { LayerIndex } from '../index/layer-index.ts';
import { FilePackages } from '../packages/file-packages.ts';
import { detailsOf } from '../stack/file-details.ts';
import { FileRowLists } from '../stack/file-rows.ts';
import { FileView, type ViewOrder } from '../stack/file-view.ts';
import { ImageTree } from '../stack/image-tree.ts';
import { type KeptFile, keptFiles } from '../stack/kept-files.ts';
import type { LayerStore } from '../store/layer-store.ts';
import { findWaste } from '../waste/find-waste.ts';
import { whatIf } from '../waste/what-if.ts';

/** The most images and views held in memory: 200,000 files take some 50 MB, and 6 MB for each view. */
const most = { trees: 3, views: 6, comparisons: 1, comparisonViews: 4, freshBytes: 200 * 1024 ** 2 };

/** The layers of an image, the lowest first, by diff id. */
type Layers = string[];

/** Two images. */
type LayerPair = { first: Layers; second: Layers };

/** Answers everything about the files of indexed images. Blocks: it lives in a thread, and is the only one that uses the store. */
export class FilesDesk {
  readonly #store: LayerStore;
  readonly #trees = new Map<string, ImageTree>();
  readonly #views = new Map<string, FileRowLists>();
  readonly #comparisons = new Map<string, TreeComparison>();
  readonly #comparisonViews = new Map<string, ComparisonRows>();
  /** Layers that the store could not keep, encoded. */
  readonly #fresh = new Map<string, Uint8Array>();

  readonly #packagesOf = new WeakMap<ImageTree, FilePackages>();

  constructor(store: LayerStore) {
    this.#store = store;
  }

  /** Places in the list of those that have to be read. */
  missing(layers: Layers): number[] {
    const known = this.#store.has(layers);
    return layers.flatMap((diffId, place) => (known.has(diffId) || this.#fresh.has(diffId) ? [] : [place]));
  }

  keep(diffId: string, data: Uint8Array, name: string): void {
    this.#store.keep(diffId, data);
    if (this.#store.has([diffId]).size === 0) this.#keepHere(diffId, data);
    else if (name !== '') this.#store.name(name, diffId);
  }

  names(): Map<string, string> {
    return this.#store.names();
  }

  summary(layers: Layers, view: ViewOrder): FilesSummary {
    return this.#view(layers, view).view.summary;
  }

  folder(layers: Layers, view: ViewOrder, folder: number, order: FileOrder, page: FilesPage): FileRows {
    return this.#view(layers, view).folder(folder, order, page);
  }

  found(layers: Layers, view: ViewOrder, order: FileOrder, page: FilesPage): FileRows<FoundRow> {
    return this.#view(layers, view).found(order, page);
  }

  details(layers: Layers, view: ViewOrder, place: number): FileDetails {
    const { view: own } = this.#view(layers, view);
    if (place >= own.tree.paths.count) throw nothingThere;
    const belongs = this.#packages(own.tree).of(place);
    return { ...detailsOf(own, place), ...(belongs && { package: belongs }) };
  }

  waste(layers: Layers): Waste {
    return findWaste(this.#tree(layers));
  }

  compareSummary(pair: LayerPair, withTimes: boolean): CompareSummary {
    return summarise(this.#comparison(pair, { withTimes, filter: {} }).view);
  }

  compareFolder(pair: LayerPair, view: ComparisonOrder, folder: number, order: CompareOrder, page: FilesPage): FileRows<CompareRow> {
    return this.#comparison(pair, view).folder(folder, order, page);
  }

  compareFound(pair: LayerPair, view: ComparisonOrder, order: CompareOrder, page: FilesPage): FileRows<FoundDifference> {
    return this.#comparison(pair, view).found(order, page);
  }

  compareDetails(pair: LayerPair, order: ComparisonOrder, place: number): CompareDetails {
    const { view } = this.#comparison(pair, order);
    if (place >= view.comparison.paths.count) throw nothingThere;
    return compareDetailsOf(view, place, (tree, own) => this.#packages(tree).of(own));
  }

  comparePackages({ first, second }: LayerPair, page: FilesPage): ComparedPackages {
    return comparePackages(this.#packages(this.#tree(first)), this.#packages(this.#tree(second)), page);
  }

  whatIf(layers: Layers, removed: RemovedInStep[]): WhatIf {
    return whatIf(this.#tree(layers), removed);
  }

  keptFiles(layers: Layers, place: number, layer: number, most?: number): KeptFile[] {
    const tree = this.#tree(layers);
    if (place >= tree.paths.count) throw nothingThere;
    const files = keptFiles(tree, place, layer, most);
    if (files.length === 0) throw nothingThere;
    return files;
  }

  close(): void {
    this.#store.close();
  }

  /** Until the app ends, or others need the room. */
  #keepHere(diffId: string, data: Uint8Array): void {
    this.#fresh.set(diffId, data);
    let bytes = [...this.#fresh.values()].reduce((sum, { length }) => sum + length, 0);
    for (const [oldest, { length }] of this.#fresh) {
      if (bytes <= most.freshBytes || oldest === diffId) return;
      this.#fresh.delete(oldest);
      bytes -= length;
    }
  }

  #read(diffId: string): LayerIndex {
    const fresh = this.#fresh.get(diffId);
    return (fresh && LayerIndex.decode(fresh)) ?? this.#store.read(diffId) ?? lost();
  }

  #packages(tree: ImageTree): FilePackages {
    const known = this.#packagesOf.get(tree) ?? new FilePackages(tree);
    this.#packagesOf.set(tree, known);
    return known;
  }

  #view(layers: Layers, order: ViewOrder): FileRowLists {
    const key = JSON.stringify([layers, order]);
    return recent(this.#views, key, most.views, () => {
      if (order.to >= layers.length || order.from > order.to) throw nothingThere;
      return new FileRowLists(new FileView(this.#tree(layers), order));
    });
  }

  #comparison(pair: LayerPair, order: ComparisonOrder): ComparisonRows {
    const key = JSON.stringify([pair, order]);
    return recent(this.#comparisonViews, key, most.comparisonViews, () => {
      const comparison = recent(this.#comparisons, JSON.stringify(pair), most.comparisons, () => this.#compare(pair));
      return new ComparisonRows(new ComparisonView(comparison, order));
    });
  }

  #compare({ first, second }: LayerPair): TreeComparison {
    const split = first.findIndex((diffId, layer) => diffId !== second[layer]);
    const trees = { first: this.#tree(first), second: this.#tree(second), common: split < 0 ? first.length : split };
    // views of comparisons that are no longer held would hold them
    this.#comparisonViews.clear();
    return new TreeComparison(trees);
  }

  #tree(layers: Layers): ImageTree {
    return recent(this.#trees, layers.join(), most.trees, () => {
      const tree = new ImageTree(layers.map((diffId) => this.#read(diffId)));
      // views of trees that are no longer held would hold them
      this.#views.clear();
      return tree;
    });
  }
}

/** What was used before, or is made now; what was used longest ago goes. */
function recent<T>(all: Map<string, T>, key: string, most: number, make: () => T): T {
  const value = all.get(key) ?? make();
  all.delete(key);
  all.set(key, value);
  for (const oldest of all.keys()) if (all.size > most) all.delete(oldest);
  return value;
}

function lost(): never {
  throw new FailureError({
    kind: 'not-found',
    title: 'The list of files is no longer kept',
    detail: 'Lists of other images needed the space in the meantime.',
    hint: 'Open the files of the image again.',
  });
}

const nothingThere = new FailureError({
  kind: 'not-found',
  title: 'There’s no such file in the image',
  detail: 'Layerdeck was asked for something that this image doesn’t have.',
  hint: 'Open the files of the image again.',
});
