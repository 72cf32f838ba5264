import type { Instruction } from './read-instructions.ts';

/** Whether instructions in two versions of a Dockerfile say the same. */
export type ReadsSame = (before: Instruction, after: Instruction) => boolean;

/**
 * The heaviest common sequence of two lists of instructions, as pairs of positions. An instruction that makes a step outweighs
 * all that only set something, so that a RUN stays the same RUN when an ARG moves above it. Dockerfiles are short, so the plain
 * table is fast enough.
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
