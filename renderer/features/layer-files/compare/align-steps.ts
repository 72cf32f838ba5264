import { diffArrays } from 'diff';
import type { ImageStep } from '../../../../contract/compare.ts';
import { withoutDigest } from '../../../../contract/instruction.ts';

/** Steps of two images that stand beside each other: the same one, or one that was written in another way. */
export type StepPair = { first?: ImageStep; second?: ImageStep; isSame: boolean };

/**
 * Puts the steps of two histories beside each other, the oldest first. Times and sizes don't count, nor does the digest of what was copied;
 * between steps that are the same, those of one kind are beside each other.
 */
export function alignSteps(first: ImageStep[], second: ImageStep[]): StepPair[] {
  const pairs: StepPair[] = [];
  let open: [ImageStep[], ImageStep[]] = [[], []];
  const close = () => {
    pairs.push(...sideBySide(open, keyword).map((pair) => ({ ...pair, isSame: false })));
    open = [[], []];
  };
  for (const { first: one, second: other } of sideBySide([first, second], ({ instruction }) => withoutDigest(instruction))) {
    if (one && other) {
      close();
      pairs.push({ first: one, second: other, isSame: true });
    } else {
      if (one) open[0].push(one);
      if (other) open[1].push(other);
    }
  }
  close();
  return pairs;
}

const keyword = ({ instruction }: ImageStep): string => instruction.trimStart().split(/\s/)[0] ?? '';

function sideBySide([first, second]: [ImageStep[], ImageStep[]], keyOf: (step: ImageStep) => string): Omit<StepPair, 'isSame'>[] {
  let [one, other] = [0, 0];
  return diffArrays(first.map(keyOf), second.map(keyOf)).flatMap(({ added, removed, value }) =>
    value.map(() => {
      const before = added ? undefined : first[one++];
      const after = removed ? undefined : second[other++];
      return { ...(before && { first: before }), ...(after && { second: after }) };
    }),
  );
}
