import type { BuildPair } from '../../../../contract/build-record.ts';
import type { CacheMatrix } from '../../../../contract/cache-matrix.ts';
import type { Failure } from '../../../../contract/failure.ts';
import { client } from '../../../connection/client.ts';
import { failureOf } from '../../../connection/failure-of.ts';
import { useAsked } from '../../../connection/use-asked.ts';
import { type Chosen, splitChosen } from './split-chosen.ts';

export type Comparison = {
  /** Only if exactly two builds were chosen. */
  pair?: BuildPair;
  matrix?: CacheMatrix;
  /** Why there is no matrix. */
  failure?: Failure;
};

/** Asks main for everything that a comparison shows; undefined until it has answered. */
export const useComparison = (ids: string[]): Comparison | undefined =>
  useAsked(ids.join(','), (signal) => readComparison(splitChosen(ids), signal)).answer;

async function readComparison({ builds, images }: Chosen, signal: AbortSignal): Promise<Comparison> {
  const matrix = client.build.matrix({ builds, images }, { signal }).then(
    (found): Comparison => ({ matrix: found }),
    (error): Comparison => ({ failure: failureOf(error) }),
  );
  const [one, other, ...more] = builds;
  if (!one || !other || more.length > 0 || images.length > 0) return matrix;
  try {
    const pair = await client.build.pair({ builds: [one, other] }, { signal });
    return { ...(await matrix), pair };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}
