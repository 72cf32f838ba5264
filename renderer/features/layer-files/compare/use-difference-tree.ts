import { useMemo, useState } from 'react';
import type { CompareOrder, CompareRow, CompareView, FoundDifference } from '../../../../contract/compare.ts';
import type { FileRows, FilesPage } from '../../../../contract/layer-files.ts';
import { client } from '../../../connection/client.ts';
import { type SeenTree, TreeReader } from '../tree-reader.ts';
import { useShownTree } from '../use-shown-tree.ts';

export type DifferenceRow = CompareRow & Partial<Pick<FoundDifference, 'path'>>;

/** Folders with no more differences than that are open at first, so that most comparisons are seen at a glance. */
const fewEnough = 60;

/** Reads what differs: the tree, or with a text in the filter, what was found. While another view is read, the one before stays. */
export function useDifferenceTree(
  view: CompareView,
  order: CompareOrder,
): { next: SeenTree<DifferenceRow>; shown: SeenTree<DifferenceRow> } {
  const [open] = useState(() => new Set<number>());
  const key = JSON.stringify([view, order]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the view is a new object each time, its words are in the key
  const next = useMemo(() => {
    const isSearch = Boolean(view.filter?.text);
    const reader = isSearch
      ? new TreeReader<DifferenceRow>((_, page, signal) => find(view, order, page, signal), new Set())
      : new TreeReader<DifferenceRow>(
          (place, page, signal) => client.compare.folder({ view, place, order, page }, { signal }),
          open,
          opensItself,
        );
    return { reader, isSearch };
  }, [key]);
  return useShownTree(next);
}

/** What one image has alone says enough as one line. */
const opensItself = ({ change, kind, sums }: DifferenceRow): boolean =>
  kind === 'folder' && (change === undefined || change === 'changed') && sums.added + sums.changed + sums.removed <= fewEnough;

/** What was found is a plain list: folders in it don’t open. */
async function find(view: CompareView, order: CompareOrder, page: FilesPage, signal: AbortSignal): Promise<FileRows<DifferenceRow>> {
  const { rows, total } = await client.compare.found({ view, order, page }, { signal });
  return { rows: rows.map((row) => ({ ...row, hasMore: false })), total };
}
