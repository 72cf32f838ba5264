import type { BuiltLayer } from '../../../contract/build-record.ts';
import { type CacheMatrix, forkingRows, type MatrixCell, type MatrixRow } from '../../../contract/cache-matrix.ts';

export type MatrixInput = { id: string; title: string; image?: string; layers: readonly BuiltLayer[] };

/** Lays images' layers side by side. Cells of a column share a group if everything up to them is the same. Pure. */
export function makeCacheMatrix(inputs: readonly MatrixInput[]): CacheMatrix {
  const columns: Map<string, number>[] = [];
  const rows = inputs.map(({ layers, ...row }): MatrixRow => {
    let chain: string | undefined = '';
    const cells = layers.map((step, column): MatrixCell => {
      chain = extendChain(chain, step);
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

// a step that certainly makes no layer counts by its text; after a step whose result is unknown, nothing is known to be the same
function extendChain(chain: string | undefined, { diffId, hasLayer, createdBy }: BuiltLayer): string | undefined {
  const own = diffId ?? (hasLayer === false ? JSON.stringify(createdBy) : undefined);
  return chain === undefined || own === undefined ? undefined : `${chain}\n${own}`;
}

/** The digest in "COPY file:8f60… in /app", as only the classic builder writes it. */
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
