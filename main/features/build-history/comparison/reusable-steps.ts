import type { BuildProgress } from '../../../../contract/build.ts';
import { matchSteps } from '../../../foundation/dockerfile/match-steps.ts';
import type { Instruction } from '../../../foundation/dockerfile/read-instructions.ts';
import { fits } from './layers-of-lines.ts';

/** A step of an image's history as the engine reports it; its cache compares `text`. */
export type MadeStep = { text: string; isFromElsewhere: boolean };

export type Reusable = {
  /** The first step that was built although the other image has it. */
  step: string;
  /** How many of the last stage's instructions the other image has, from the first on. */
  count: number;
};

/**
 * What a build could have reused from another image: both begin with the same steps, some of which this build ran again.
 * Pure; undefined if the history does not match the Dockerfile.
 */
export function reusableSteps(
  progress: BuildProgress,
  instructions: Instruction[],
  made: readonly MadeStep[],
  other: readonly MadeStep[],
): Reusable | undefined {
  const matched = matchSteps(progress, instructions);
  const built = progress.steps.filter(({ id, state }) => state === 'built' && matched.has(id));
  const stage = matched.get(built.at(-1)?.id ?? '')?.stage;
  const lines = instructions.filter((one) => one.stage === stage && one.keyword !== 'FROM');
  const start = startOf(lines, made);
  if (start === undefined) return undefined;
  const same = made.findIndex(({ text }, place) => other[place]?.text !== text);
  const count = (same < 0 ? made.length : same) - start;
  const isOthers = (instruction: Instruction | undefined): boolean => {
    const place = instruction ? lines.indexOf(instruction) : -1;
    // a step made here is in the cache anyway, or was removed from it
    return place >= 0 && place < count && other[start + place]?.isFromElsewhere === true;
  };
  const step = built.find(({ id, instruction }) => !/^(?:FROM|ARG)\b/i.test(instruction) && isOthers(matched.get(id)));
  return step && { step: step.id, count };
}

/** Where the last stage begins in the history: its lines are the newest steps, one each. */
function startOf(lines: Instruction[], made: readonly MadeStep[]): number | undefined {
  const history = made.map(({ text }) => ({ createdBy: text }));
  // chosen labels come after the Dockerfile's own lines
  for (const behind of [0, 1]) {
    const start = made.length - lines.length - behind;
    if (lines.length > 0 && fits(lines, history, start)) return start;
  }
  return undefined;
}
