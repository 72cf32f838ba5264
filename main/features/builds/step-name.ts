import type { BuildStep } from '../../../contract/build.ts';

/**
 * BuildKit names the Dockerfile's own steps `[linux/amd64->arm64 app  2/13] RUN make`: the platform if one was asked for, the
 * stage if there are several, and the number padded to the width of the total. A stage's name has no bracket.
 */
const ownStep = /^\[(?:[^\s\]]+\/[^\s\]]+ )?(?:([^\s/\]]+) )? *(\d+)\/\d+\] ([\s\S]*)$/;

/** Characters of a platform, a stage and a number: a name from a file may have any form, and the pattern takes long for a long one. */
const longestPlace = 1000;

/** The place of a step in the Dockerfile, read from BuildKit's name for it; the builder's own work has none. */
export function placeOf(name: string): Pick<BuildStep, 'instruction' | 'stage' | 'number'> {
  const end = name.indexOf(']');
  const [, stage = '', number, instruction = ''] = (end <= longestPlace && ownStep.exec(name)) || [];
  // the number may exceed the total, as older versions leave steps added by a base image (ONBUILD) out of the total
  const isPlace = number !== undefined && Number(number) >= 1;
  return isPlace ? { instruction, stage, number: Number(number) } : { instruction: name.replace(/^\[internal\] /, '') };
}
