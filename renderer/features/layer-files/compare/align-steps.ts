import { diffArrays } from 'diff';
import type { ImageStep } from '../../../../contract/compare.ts';

/** Steps of two images that stand beside each other; the same instruction if both are there. */
export type StepPair = { first?: ImageStep; second?: ImageStep };

/** Puts the steps of two histories beside each other, the oldest first; times and sizes don't count. */
export function alignSteps(first: ImageStep[], second: ImageStep[]): StepPair[] {
  const words = ({ instruction }: ImageStep) => instruction;
  let [one, other] = [0, 0];
  return diffArrays(first.map(words), second.map(words)).flatMap(({ added, removed, value }) =>
    value.map((): StepPair => {
      const before = added ? undefined : first[one++];
      const after = removed ? undefined : second[other++];
      return { ...(before && { first: before }), ...(after && { second: after }) };
    }),
  );
}
