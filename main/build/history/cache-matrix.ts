import type { BuiltLayer } from '../../../contract/build-record.ts';
import { type CacheMatrix, forkingRows, type MatrixCell, type MatrixRow } from '../../../contract/cache-matrix.ts';

export type MatrixInput = { id: string; title: string; image?: string; layers: readonly BuiltLayer[] };

/** Lays the layers of images side by side. Cells of a column are in one group where everything up to them is the same. Pure. */
export function makeCacheMatrix(inputs: readonly MatrixInput[]): CacheMatrix {
  const columns: Map<string, number>[] = [];
  const rows = inputs.map(({ layers, ...row }): MatrixRow => {
    let chain: string | undefined = '';
    const cells = layers.map((step, column): MatrixCell => {
      chain = goOn(chain, step);
      columns[column] ??= new Map();
      return { ...cellOf(step), ...(chain !== undefined && { group: groupOf(chain, columns[column]) }) };
    });
    return { ...row, cells };
  });
  const partsAt = columns.findIndex((groups) => groups.size > 1);
  const endsAt = columns.findIndex((_, column) => rows.some(({ cells }) => cells.length <= column));
  const unknownFrom = columns.findIndex((_, column) => rows.some(({ cells }) => cells[column] && cells[column].group === undefined));
  const cacheForksAt = columns.findIndex((_, column) => forkingRows(rows, column).length > 0);
  return {
    rows,
    ...(partsAt >= 0 && { partsAt }),
    ...(endsAt >= 0 && { endsAt }),
    ...(unknownFrom >= 0 && { unknownFrom }),
    ...(cacheForksAt >= 0 && { cacheForksAt }),
  };
}

// What surely makes no layer is told apart by its words. Where it is not known what a step made, nothing above it is known to be the same.
function goOn(chain: string | undefined, { diffId, hasLayer, createdBy }: BuiltLayer): string | undefined {
  const own = diffId ?? (hasLayer === false ? JSON.stringify(createdBy) : undefined);
  return chain === undefined || own === undefined ? undefined : `${chain}\n${own}`;
}

/** "COPY file:8f60… in /app", as the classic builder writes it; nothing of what other builders write. */
const filesOf = (createdBy: string): string | undefined =>
  /^(?:COPY|ADD) (?:--\S+ )*(?:file|dir|multi):([0-9a-f]{64}) in /.exec(createdBy)?.[1];

function groupOf(chain: string, groups: Map<string, number>): number {
  const group = groups.get(chain) ?? groups.size;
  groups.set(chain, group);
  return group;
}

function cellOf({ createdBy, diffId, hasLayer, size, isByBuildKit }: BuiltLayer): MatrixCell {
  const files = filesOf(createdBy);
  return {
    instruction: createdBy,
    ...(hasLayer !== undefined && { hasLayer }),
    ...(diffId && { layer: diffId, hasLayer: true }),
    size,
    ...(isByBuildKit !== undefined && { isByBuildKit }),
    ...(files && { files }),
  };
}
