import { useEffect, useState } from 'react';
import type { BuildRecord } from '../../../contract/build-record.ts';
import type { CacheMatrix } from '../../../contract/cache-matrix.ts';
import type { Failure } from '../../../contract/failure.ts';
import { client } from '../../connection/client.ts';
import { failureOf } from '../../connection/failure-of.ts';
import { type Chosen, chosenOf } from './chosen.ts';

export type Comparison = {
  /** Two builds, the earlier one first; only where just two were chosen. */
  records?: [before: BuildRecord, after: BuildRecord];
  matrix?: CacheMatrix;
  /** Why there is no matrix. */
  failure?: Failure;
};

/** Asks main for all that a comparison shows; undefined until it is there. */
export function useComparison(ids: string): Comparison | undefined {
  const [comparison, setComparison] = useState<Comparison>();
  useEffect(() => {
    let isCurrent = true;
    void readComparison(chosenOf(ids.split(','))).then((read) => isCurrent && setComparison(read));
    return () => {
      isCurrent = false;
    };
  }, [ids]);
  return comparison;
}

async function readComparison({ builds, images }: Chosen): Promise<Comparison> {
  const matrix = client.build.matrix({ builds, images }).then(
    (found): Comparison => ({ matrix: found }),
    (error): Comparison => ({ failure: failureOf(error) }),
  );
  if (builds.length !== 2 || images.length > 0) return matrix;
  try {
    const [one, other] = await Promise.all(builds.map((build) => client.build.record({ build })));
    if (!one || !other) return matrix;
    const inOrder = one.task.createdAt <= other.task.createdAt;
    return { ...(await matrix), records: inOrder ? [one, other] : [other, one] };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}
