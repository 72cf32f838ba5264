import type { MatrixCell, MatrixRow } from '../../../../contract/cache-matrix.ts';
import { withoutDigest } from '../../../../contract/instruction.ts';

/** The step from which two images cannot serve as each other's cache, or from which that is unknown. */
export type FoundFork = { kind: 'fork' | 'unknown'; step: number } | { kind: 'none' };

/** Finds the first step that differs for the cache, even if the layers are the same. Pure. */
export function findFork(first: MatrixRow, own: MatrixRow): FoundFork {
  for (let step = 0; step < Math.min(first.cells.length, own.cells.length); step++) {
    const [one, other] = [first.cells[step], own.cells[step]];
    if (!one || !other) break;
    if (certainlyForks(one, other)) return { kind: 'fork', step };
    if (one.group === undefined || other.group === undefined) return { kind: 'unknown', step };
  }
  return { kind: 'none' };
}

function certainlyForks(one: MatrixCell, other: MatrixCell): boolean {
  if (builderDiffers(one, other)) return true;
  if (one.files && other.files && one.files !== other.files) return true;
  const isBuilderKnown = one.isByBuildKit !== undefined && other.isByBuildKit !== undefined;
  if (isBuilderKnown && withoutDigest(one.instruction) !== withoutDigest(other.instruction)) return true;
  return one.group !== undefined && other.group !== undefined && one.group !== other.group;
}

/** Whether two different builders certainly made these steps. */
export const builderDiffers = (one: MatrixCell, other: MatrixCell): boolean =>
  one.isByBuildKit !== undefined && other.isByBuildKit !== undefined && one.isByBuildKit !== other.isByBuildKit;
