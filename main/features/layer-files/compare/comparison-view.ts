import type { CompareSums, CompareView } from '../../../../contract/compare.ts';
import type { FileAspect, FileChange } from '../../../../contract/layer-files.ts';
import { none } from '../index/path-tree.ts';
import type { ImageTree } from '../stack/image-tree.ts';
import { NameMatch } from '../stack/name-match.ts';
import { CountedFiles } from './counted-files.ts';
import type { TreeComparison } from './tree-comparison.ts';

/** Which differences are looked at: see `CompareView` in the contract. */
export type ComparisonOrder = { withTimes: boolean; filter: NonNullable<CompareView['filter']> };

/** Some of the differences of two images, with the sums of every folder. */
export class ComparisonView {
  readonly comparison: TreeComparison;
  readonly #order: ComparisonOrder;
  /** Whether a place itself is shown, and whether anything is, at or in it. */
  readonly #isMatch: Uint8Array;
  readonly #isVisible: Uint8Array;
  readonly #counts: Record<FileChange, Uint32Array>;
  readonly #bytes: readonly [Float64Array, Float64Array];

  constructor(comparison: TreeComparison, order: ComparisonOrder) {
    this.comparison = comparison;
    this.#order = order;
    const { count } = comparison.paths;
    this.#isMatch = new Uint8Array(count);
    this.#isVisible = new Uint8Array(count);
    this.#counts = { added: new Uint32Array(count), changed: new Uint32Array(count), removed: new Uint32Array(count) };
    this.#bytes = [new Float64Array(count), new Float64Array(count)];
    const match = order.filter.text ? new NameMatch(order.filter.text) : undefined;
    for (let place = 1; place < count; place++) if (this.#fits(place, match)) this.#isMatch[place] = this.#isVisible[place] = 1;
    this.#sum();
  }

  isMatch(place: number): boolean {
    return this.#isMatch[place] === 1;
  }

  isVisible(place: number): boolean {
    return this.#isVisible[place] === 1;
  }

  /** Undefined for a folder that only has differences in it. */
  changeAt(place: number): FileChange | undefined {
    return this.isMatch(place) ? this.comparison.changeAt(place) : undefined;
  }

  /** In which ways a place was changed, as far as the view looks at them. */
  aspectsAt(place: number): FileAspect[] {
    const aspects = this.comparison.aspectsAt(place);
    return this.#order.withTimes ? aspects : aspects.filter((aspect) => aspect !== 'time');
  }

  sumsAt(place: number): CompareSums {
    const { added, changed, removed } = this.#counts;
    return {
      added: added[place] ?? 0,
      changed: changed[place] ?? 0,
      removed: removed[place] ?? 0,
      bytes: [this.#bytes[0][place] ?? 0, this.#bytes[1][place] ?? 0],
    };
  }

  /** What is shown at a place: as the second image has it, or else the first. */
  shownAt(place: number): { tree: ImageTree; version: number } {
    const { comparison } = this;
    const { first, second } = comparison.trees;
    const after = comparison.versionAt(place, 1);
    return after === none ? { tree: first, version: comparison.versionAt(place, 0) } : { tree: second, version: after };
  }

  isFolder(place: number): boolean {
    const { tree, version } = this.shownAt(place);
    return version === none || tree.isFolder(version);
  }

  /** Whether what is there is a folder in both images, as far as they have it. */
  isFolderAlone(place: number): boolean {
    const { comparison } = this;
    const { first, second } = comparison.trees;
    const [before, after] = [comparison.versionAt(place, 0), comparison.versionAt(place, 1)];
    return (before === none || first.isFolder(before)) && (after === none || second.isFolder(after));
  }

  #fits(place: number, match: NameMatch | undefined): boolean {
    const { comparison } = this;
    const change = comparison.changeAt(place);
    if (!change || (!this.#order.withTimes && comparison.isTimeAlone(place))) return false;
    const { changes } = this.#order.filter;
    if (changes && !changes.includes(change)) return false;
    return !match || match.isIn(comparison.paths.nameOf(place));
  }

  #sum(): void {
    const { comparison } = this;
    const { paths, trees } = comparison;
    const sides = [new CountedFiles(trees.first), new CountedFiles(trees.second)] as const;
    for (let place = 1; place < paths.count; place++) {
      if (!this.#isMatch[place]) continue;
      for (const side of [0, 1] as const) this.#bytes[side][place] = sides[side].bytesOnce(comparison.versionAt(place, side));
      const change = comparison.changeAt(place);
      if (change && !this.isFolderAlone(place)) this.#counts[change][place] = 1;
    }
    // a folder has a lower number than what is in it
    for (let place = paths.count - 1; place > 0; place--) {
      const parent = paths.parentOf(place);
      for (const sums of [...Object.values(this.#counts), ...this.#bytes]) sums[parent] = (sums[parent] ?? 0) + (sums[place] ?? 0);
      if (this.#isVisible[place]) this.#isVisible[parent] = 1;
    }
  }
}
