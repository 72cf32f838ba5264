import type { BuildProgress } from '../../contract/build.ts';
import { matchSteps } from './explain/match-steps.ts';
import type { Instruction } from './explain/read-instructions.ts';

/** The steps with the lines of the Dockerfile that they come from, where that is certain. */
export function withLines(progress: BuildProgress, instructions: Instruction[]): BuildProgress {
  const matched = matchSteps(progress, instructions);
  const steps = progress.steps.map((step) => {
    const from = matched.get(step.id);
    return from ? { ...step, lines: { first: from.line, last: from.lastLine } } : step;
  });
  return { ...progress, steps };
}
