import type { BuildProgress } from '../../../contract/build.ts';
import { matchSteps } from '../../foundation/dockerfile/match-steps.ts';
import type { Instruction } from '../../foundation/dockerfile/read-instructions.ts';

/** Adds to the steps the Dockerfile lines that they come from, where that is certain. A stage that Podman calls by an id gets its name. */
export function withLines(progress: BuildProgress, instructions: Instruction[]): BuildProgress {
  const matched = matchSteps(progress, instructions);
  const steps = progress.steps.map((step) => {
    const from = matched.get(step.id);
    if (!from) return step;
    const named = /^FROM [0-9a-f]{64}\b/.test(step.instruction) ? { instruction: from.text } : {};
    return { ...step, ...named, lines: { first: from.line, last: from.lastLine } };
  });
  return { ...progress, steps };
}
