import type { Instruction } from './read-instructions.ts';

/** Whether two instructions of two versions of a Dockerfile say the same. */
export type ReadsSame = (before: Instruction, after: Instruction) => boolean;

/**
 * The common sequence of two lists of instructions that weighs most, as pairs of places. One that makes a step weighs more
 * than all that only set something: a RUN that an ARG was moved above stays the same RUN. Dockerfiles are short: the plain
 * table will do.
 */
export function commonSequence(before: readonly Instruction[], after: readonly Instruction[], readsSame: ReadsSame): [number, number][] {
  const ofStep = Math.min(before.length, after.length) + 1;
  const weightOf = ({ keyword }: Instruction) => (/^(?:FROM|RUN|COPY|ADD|WORKDIR)$/.test(keyword) ? ofStep : 1);
  const weights = Array.from({ length: before.length + 1 }, () => new Float64Array(after.length + 1));
  const at = (i: number, j: number): number => weights[i]?.[j] ?? 0;
  const gain = (i: number, j: number): number => {
    const [theirs, mine] = [before[i], after[j]];
    return theirs && mine && readsSame(theirs, mine) ? at(i + 1, j + 1) + weightOf(mine) : 0;
  };
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--) (weights[i] as Float64Array)[j] = Math.max(at(i + 1, j), at(i, j + 1), gain(i, j));
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < before.length && j < after.length; ) {
    if (gain(i, j) > 0 && gain(i, j) === at(i, j)) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}
