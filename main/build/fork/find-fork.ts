import type { MatrixCell, MatrixRow } from '../../../contract/cache-matrix.ts';
import { withoutDigest } from '../../../contract/instruction.ts';

/** The step at which two images are no cache of each other any more, or from which on it is not known. */
export type FoundFork = { kind: 'fork' | 'unknown'; step: number } | { kind: 'none' };

/** Looks for the first step that is not the same for the cache, though the layers may be. Pure. */
export function findFork(first: MatrixRow, own: MatrixRow): FoundFork {
  for (let step = 0; step < Math.min(first.cells.length, own.cells.length); step++) {
    const [one, other] = [first.cells[step], own.cells[step]];
    if (!one || !other) break;
    if (surelyForks(one, other)) return { kind: 'fork', step };
    if (one.group === undefined || other.group === undefined) return { kind: 'unknown', step };
  }
  return { kind: 'none' };
}

function surelyForks(one: MatrixCell, other: MatrixCell): boolean {
  if (builderDiffers(one, other)) return true;
  if (one.files && other.files && one.files !== other.files) return true;
  const isBuilderKnown = one.isByBuildKit !== undefined && other.isByBuildKit !== undefined;
  if (isBuilderKnown && withoutDigest(one.instruction) !== withoutDigest(other.instruction)) return true;
  return one.group !== undefined && other.group !== undefined && one.group !== other.group;
}

/** Whether the two steps were surely made by two builders. */
export const builderDiffers = (one: MatrixCell, other: MatrixCell): boolean =>
  one.isByBuildKit !== undefined && other.isByBuildKit !== undefined && one.isByBuildKit !== other.isByBuildKit;
