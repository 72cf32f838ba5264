import type { BuiltLayer, StepSize } from '../../../contract/build-record.ts';
import { matchSteps } from '../../foundation/dockerfile/match-steps.ts';
import { type Instruction, readInstructions } from '../../foundation/dockerfile/read-instructions.ts';
import { layersOfLines } from './comparison/layers-of-lines.ts';
import type { KnownBuild } from './kept-build.ts';

/** The instructions of a build's Dockerfile, and what each of them added to the image, where that is certain. */
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

/** Bytes that a build's steps added to its image. A missing step's size is unknown, or the step belongs to another stage. */
export function sizesOfSteps(build: KnownBuild): StepSize[] {
  const progress = build.task.progress.build;
  if (!progress) return [];
  const { instructions, made } = layersOfBuild(build);
  return [...matchSteps(progress, instructions)].flatMap(([step, line]) => {
    const layer = made.get(line);
    return layer ? [{ step, bytes: layer.size }] : [];
  });
}
