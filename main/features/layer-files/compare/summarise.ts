import type { CompareSummary } from '../../../../contract/compare.ts';
import type { FileAspect } from '../../../../contract/layer-files.ts';
import { nameOf } from '../../../foundation/formats/name-bytes.ts';
import { none } from '../index/path-tree.ts';
import type { ImageTree } from '../stack/image-tree.ts';
import type { ComparisonView } from './comparison-view.ts';
import { CountedFiles } from './counted-files.ts';

/** All differences of a view without a filter, in numbers. */
export function summarise(view: ComparisonView): CompareSummary {
  const { comparison } = view;
  const { first, second } = comparison.trees;
  const summary: CompareSummary = {
    files: { added: 0, changed: 0, removed: 0 },
    folders: { added: 0, changed: 0, removed: 0 },
    onlyTimes: 0,
    same: comparison.same,
    aspects: {},
    bytes: { added: 0, removed: 0, changed: [0, 0] },
    totals: [totalOf(first), totalOf(second)],
    layerBytes: [bytesOfLayers(first), bytesOfLayers(second)],
    listed: [listedIn(first), listedIn(second)],
  };
  // which of a file's names has its bytes must not depend on the order of places
  const added = new CountedFiles(second);
  const removed = new CountedFiles(first);
  const changed = [new CountedFiles(first), new CountedFiles(second)] as const;
  for (let place = 1; place < comparison.paths.count; place++) {
    if (comparison.isTimeAlone(place)) summary.onlyTimes++;
    const change = view.changeAt(place);
    if (!change) continue;
    summary[view.isFolderAlone(place) ? 'folders' : 'files'][change]++;
    if (change === 'changed') for (const aspect of view.aspectsAt(place)) count(summary.aspects, aspect);
    const [before, after] = [comparison.versionAt(place, 0), comparison.versionAt(place, 1)];
    if (change === 'added') summary.bytes.added += added.bytesOnce(after);
    else if (change === 'removed') summary.bytes.removed += removed.bytesOnce(before);
    else {
      summary.bytes.changed[0] += changed[0].bytesOnce(before);
      summary.bytes.changed[1] += changed[1].bytesOnce(after);
    }
  }
  const addedIn = folderOfAdded(view, summary.files.added);
  return addedIn === undefined ? summary : { ...summary, addedIn };
}

function count(aspects: Partial<Record<FileAspect, number>>, aspect: FileAspect): void {
  aspects[aspect] = (aspects[aspect] ?? 0) + 1;
}

/** The lowest folder that has them all, unless that is the root or there are too few to speak of a folder. */
function folderOfAdded(view: ComparisonView, added: number): string | undefined {
  const { paths } = view.comparison;
  if (added < 2) return undefined;
  let folder = 0;
  for (let next: number | undefined = 0; next !== undefined; ) {
    folder = next;
    next = [...paths.childrenOf(folder)].find((child) => view.isFolder(child) && view.sumsAt(child).added === added);
  }
  return folder === 0 ? undefined : `/${nameOf(paths.pathOf(folder))}`;
}

function totalOf(tree: ImageTree): CompareSummary['totals'][0] {
  const counted = new CountedFiles(tree);
  const total = { files: 0, bytes: 0 };
  for (let place = 1; place < tree.paths.count; place++) {
    const version = tree.at(place, tree.layers.length - 1);
    if (version === none || tree.isFolder(version)) continue;
    total.files++;
    total.bytes += counted.bytesOnce(version);
  }
  return total;
}

const bytesOfLayers = (tree: ImageTree): number[] => tree.layers.map(({ bytes }) => bytes);

const listedIn = (tree: ImageTree): number[] => tree.layers.flatMap(({ isListed }, layer) => (isListed ? [layer] : []));
