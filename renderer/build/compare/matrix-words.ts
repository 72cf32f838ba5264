import type { CacheMatrix } from '../../../contract/cache-matrix.ts';
import { count } from '../../ui/format.ts';

/** How far images or builds have the same layers, as far as it is known. */
export function agreementWords({ divergesAt, unknownFrom }: CacheMatrix): string {
  if (divergesAt === undefined && unknownFrom === undefined) return 'All of them have the same layers.';
  if (unknownFrom === undefined || (divergesAt !== undefined && divergesAt <= unknownFrom)) {
    return `They agree in the first ${count(divergesAt ?? 0, 'step')} and part at step ${(divergesAt ?? 0) + 1}.`;
  }
  const doubt = `They agree in the first ${count(unknownFrom, 'step')}. From step ${unknownFrom + 1} on it is not known for all: the engine does not say which layer a step made.`;
  return divergesAt === undefined ? doubt : `${doubt} They part at step ${divergesAt + 1} at the latest.`;
}

/** Why the cache of the classic builder takes steps that copy files for different ones, as far as the images tell it. */
export function forkWords({ cacheForksAt, divergesAt, rows }: CacheMatrix): string | undefined {
  const cellsAt = (column: number) => rows.flatMap(({ cells }) => cells[column] ?? []);
  const isByTwo = (column: number) => new Set(cellsAt(column).flatMap(({ isByBuildKit }) => isByBuildKit ?? [])).size > 1;
  const forksAt = Math.min(cacheForksAt ?? Number.POSITIVE_INFINITY, divergesAt ?? Number.POSITIVE_INFINITY);
  if (isByTwo(forksAt)) {
    return `At step ${forksAt + 1} the builders are not the same: BuildKit made some of the images, and another builder the others. Each has a cache of its own and takes no step from the other’s.`;
  }
  if (cacheForksAt !== undefined) {
    const what = /^ADD\b/i.test(cellsAt(cacheForksAt)[0]?.instruction ?? '') ? 'ADD' : 'COPY';
    return `At step ${cacheForksAt + 1} the layers are the same, and yet the engine’s cache forks: the ${what} was given the same files, but with another owner, another source name or modes written otherwise, as when another program packed them${what === 'ADD' ? ', or an archive of the same files that has other bytes' : ''}. The cache of the classic builder looks at these, and the image does not keep them. From there on, no build takes steps from the others.`;
  }
  const files = new Set(divergesAt === undefined ? [] : cellsAt(divergesAt).flatMap((cell) => cell.files ?? []));
  if (divergesAt === undefined || files.size < 2) return undefined;
  return `What step ${divergesAt + 1} was given to copy is not the same for the cache: other files, or the same ones with another owner or other modes, as when another program packed them.`;
}
