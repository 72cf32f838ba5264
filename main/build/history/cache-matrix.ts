import type { BuiltLayer } from '../../../contract/build-record.ts';
import type { CacheMatrix, MatrixCell, MatrixRow } from '../../../contract/cache-matrix.ts';

export type MatrixInput = { id: string; title: string; layers: readonly BuiltLayer[] };

/** Lays the layers of images side by side. Cells of a column are in one group where everything up to them is the same. Pure. */
export function makeCacheMatrix(inputs: readonly MatrixInput[]): CacheMatrix {
  const columns: Map<string, number>[] = [];
  const rows = inputs.map(({ id, title, layers }): MatrixRow => {
    let chain = '';
    const cells = layers.map((layer, column): MatrixCell => {
      // what makes no layer is told apart by its words
      chain = `${chain}\n${layer.diffId ?? layer.createdBy}`;
      columns[column] ??= new Map();
      const groups = columns[column];
      const group = groups.get(chain) ?? groups.size;
      groups.set(chain, group);
      return { instruction: layer.createdBy, ...(layer.diffId && { layer: layer.diffId }), size: layer.size, group };
    });
    return { id, title, cells };
  });
  const divergesAt = columns.findIndex((groups, column) => groups.size > 1 || rows.some(({ cells }) => cells.length <= column));
  return { rows, ...(divergesAt >= 0 && { divergesAt }) };
}
