import type { Advice } from '../../../contract/advice.ts';
import { type AdviceFacts, advise } from '../../foundation/dockerfile/advice/advise.ts';
import { matchSteps } from '../../foundation/dockerfile/match-steps.ts';
import type { Instruction } from '../../foundation/dockerfile/read-instructions.ts';
import type { KnownBuild } from './kept-build.ts';
import { layersOfBuild } from './layers-of-build.ts';

/** Advice on a build's Dockerfile, with what it would have saved in that build. */
export function adviseKept(build: KnownBuild): Advice[] {
  const { task, dockerfile, hasIgnoreFile } = build;
  const { instructions, made } = layersOfBuild(build);
  return advise(dockerfile.text, {
    hasIgnoreFile,
    steps: stepsOf(task.progress.build, instructions),
    layers: [...made].map(([{ line }, { size }]) => ({ line, bytes: size })),
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
