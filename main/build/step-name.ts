import type { BuildStep } from '../../contract/build.ts';

/**
 * BuildKit names the Dockerfile's own steps `[linux/amd64->arm64 app  2/13] RUN make`: the platform where one was asked
 * for, the stage where there are several, and the number as wide as the number of steps. A stage's name has no bracket.
 */
const ownStep = /^\[(?:[^\s\]]+\/[^\s\]]+ )?(?:([^\s/\]]+) )? *(\d+)\/(\d+)\] ([\s\S]*)$/;

/** The place of a step in the Dockerfile, read from the name that BuildKit gives it; none for the builder's own work. */
export function placeOf(name: string): Pick<BuildStep, 'instruction' | 'stage' | 'number'> {
  const [, stage = '', number, total, instruction = ''] = ownStep.exec(name) ?? [];
  const isPlace = number !== undefined && Number(number) >= 1 && Number(number) <= Number(total);
  return isPlace ? { instruction, stage, number: Number(number) } : { instruction: name.replace(/^\[internal\] /, '') };
}
