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
