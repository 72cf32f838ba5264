import type { BuildProgress } from '../../../contract/build.ts';
import { matchSteps } from '../../foundation/dockerfile/match-steps.ts';
import type { Instruction } from '../../foundation/dockerfile/read-instructions.ts';

/** Adds to the steps the Dockerfile lines that they come from, where that is certain. */
export function withLines(progress: BuildProgress, instructions: Instruction[]): BuildProgress {
  const matched = matchSteps(progress, instructions);
  const steps = progress.steps.map((step) => {
    const from = matched.get(step.id);
    return from ? { ...step, lines: { first: from.line, last: from.lastLine } } : step;
  });
  return { ...progress, steps };
}
