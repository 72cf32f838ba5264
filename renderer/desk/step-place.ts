import type { BuildStep } from '../../contract/build.ts';
import { isOwnStep } from '../../contract/count-steps.ts';

/** Where a running build is: "Step 5 of 6"; undefined until its steps are known. */
export function stepPlace(steps: BuildStep[]): string | undefined {
  const own = steps.filter(isOwnStep);
  // builders announce steps in an order of their own, so the finished ones are counted
  const done = own.filter(({ state }) => state === 'built' || state === 'cached').length;
  return own.length === 0 ? undefined : `Step ${Math.min(own.length, done + 1)} of ${own.length}`;
}
