import type { Advice } from '../../../contract/advice.ts';
import { matchSteps } from '../explain/match-steps.ts';
import type { Instruction } from '../explain/read-instructions.ts';
import type { KnownBuild } from '../history/kept-build.ts';
import { layersOfBuild } from '../history/layers-of-build.ts';
import { type AdviceFacts, advise } from './advise.ts';

/** Advice on the Dockerfile of a build, with what it would have saved in it. */
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
