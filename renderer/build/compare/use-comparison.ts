import { useEffect, useState } from 'react';
import type { BuildPair } from '../../../contract/build-record.ts';
import type { CacheMatrix } from '../../../contract/cache-matrix.ts';
import type { Failure } from '../../../contract/failure.ts';
import { client } from '../../connection/client.ts';
import { failureOf } from '../../connection/failure-of.ts';
import { type Chosen, chosenOf } from './chosen.ts';

export type Comparison = {
  /** Only where just two builds were chosen. */
  pair?: BuildPair;
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
  const [one, other, ...more] = builds;
  if (!one || !other || more.length > 0 || images.length > 0) return matrix;
  try {
    const pair = await client.build.pair({ builds: [one, other] });
    return { ...(await matrix), pair };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}
