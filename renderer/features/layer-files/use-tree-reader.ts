import { useMemo, useState } from 'react';
import type { FileOrder, FileRow, FileRows, FilesPage, FilesView, FoundRow } from '../../../contract/layer-files.ts';
import { client } from '../../connection/client.ts';
import { type SeenTree, TreeReader } from './tree-reader.ts';
import { useShownTree } from './use-shown-tree.ts';

export type TreeRow = FileRow & Partial<Pick<FoundRow, 'path'>>;

/**
 * Reads what a view shows: the tree, or with a text in its filter, the places that were found. While another view is read, the one
 * before stays.
 */
export function useTreeReader(view: FilesView, order: FileOrder): { next: SeenTree<TreeRow>; shown: SeenTree<TreeRow> } {
  const [open] = useState(() => new Set<number>());
  const key = JSON.stringify([view, order]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the view is a new object each time, its words are in the key
  const next = useMemo(() => {
    const isSearch = Boolean(view.filter?.text);
    const reader = isSearch
      ? new TreeReader<TreeRow>((_, page, signal) => find(view, order, page, signal), new Set())
      : new TreeReader<TreeRow>((place, page, signal) => client.layerFiles.folder({ view, place, order, page }, { signal }), open);
    return { reader, isSearch };
  }, [key]);
  return useShownTree(next);
}

/** What was found is a plain list: folders in it don’t open. */
async function find(view: FilesView, order: FileOrder, page: FilesPage, signal: AbortSignal): Promise<FileRows<TreeRow>> {
  const { rows, total } = await client.layerFiles.found({ view, order, page }, { signal });
  return { rows: rows.map((row) => ({ ...row, hasMore: false })), total };
}
