import type { Advice } from '../../../contract/advice.ts';
import { matchSteps } from '../explain/match-steps.ts';
import { type Instruction, readInstructions } from '../explain/read-instructions.ts';
import type { KnownBuild } from '../history/kept-build.ts';
import { type AdviceFacts, advise } from './advise.ts';

/** Advice on the Dockerfile of a build, with what it would have saved in it. */
export function adviseKept({ task, dockerfile, hasIgnoreFile, layers = [] }: KnownBuild): Advice[] {
  const args = task.request.kind === 'build' ? task.request.args : {};
  const instructions = readInstructions(dockerfile.text, args);
  const byText = new Map(instructions.map((one) => [normalised(one.expanded), one]));
  return advise(dockerfile.text, {
    hasIgnoreFile,
    steps: stepsOf(task.progress.build, instructions),
    layers: layers.flatMap(({ createdBy, size }) => {
      const made = byText.get(normalised(createdBy));
      return made ? [{ line: made.line, bytes: size }] : [];
    }),
  });
}

function stepsOf(progress: KnownBuild['task']['progress']['build'], instructions: Instruction[]): NonNullable<AdviceFacts['steps']> {
  if (!progress) return [];
  const matched = matchSteps(progress, instructions);
  return progress.steps.flatMap(({ id, state, seconds }) => {
    const instruction = matched.get(id);
    if (!instruction || (state !== 'built' && state !== 'cached')) return [];
    return [{ line: instruction.line, cached: state === 'cached', ...(seconds !== undefined && { seconds }) }];
  });
}

const normalised = (text: string): string => text.replace(/\s+/g, ' ').trim();
