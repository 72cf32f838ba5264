import type { BuiltLayer, StepSize } from '../../../contract/build-record.ts';
import { layersOfLines } from '../explain/layers-of-lines.ts';
import { matchSteps } from '../explain/match-steps.ts';
import { type Instruction, readInstructions } from '../explain/read-instructions.ts';
import type { KnownBuild } from './kept-build.ts';

/** The instructions of a build's Dockerfile, and what each of them left in the image as far as that is certain. */
export function layersOfBuild({ task, dockerfile, layers = [] }: KnownBuild): {
  instructions: Instruction[];
  made: Map<Instruction, BuiltLayer>;
} {
  const { args, target, labels = {} } = task.request.kind === 'build' ? task.request : {};
  const builder = task.progress.build?.builder ?? 'classic';
  const instructions = readInstructions(dockerfile.text, args, builder);
  const behind = builder === 'classic' && Object.keys(labels).length > 0 ? 1 : 0;
  return { instructions, made: layersOfLines(instructions, layers, { target, behind }) };
}

/** Bytes that the steps of a build left in its image; of those that are not named it is not known, or they left it to another stage. */
export function sizesOfSteps(build: KnownBuild): StepSize[] {
  const progress = build.task.progress.build;
  if (!progress) return [];
  const { instructions, made } = layersOfBuild(build);
  return [...matchSteps(progress, instructions)].flatMap(([step, line]) => {
    const layer = made.get(line);
    return layer ? [{ step, bytes: layer.size }] : [];
  });
}
