import type { StepCause } from '../../../../contract/explanation.ts';
import type { ReadsSame } from '../../../foundation/dockerfile/common-sequence.ts';
import type { Instruction } from '../../../foundation/dockerfile/read-instructions.ts';
import { changedArgs } from './changed-args.ts';
import type { MadeBuild } from './made-build.ts';

type Builds = { before: MadeBuild; after: MadeBuild };

/** What changed about a stage's base image, judging by each build's FROM. */
export function changedBase(builds: Builds, was: Instruction, from: Instruction, readsSame: ReadsSame): StepCause[] {
  if (isRenamed(builds, was, from)) return [];
  // if the line reads the same but means another image, an argument made the difference
  const args = was.text === from.text ? changedArgs(was, from).filter(({ name }) => from.usedArgs.includes(name)) : [];
  if (args.length > 0) return args;
  if (withoutStage(was) === withoutStage(from) || readsSame(was, from)) return movedImage(builds, was, from);
  return [{ kind: 'instruction-changed', before: was.expanded, after: from.expanded, isAbove: true }];
}

/** A cause if the same name now stands for a different image. */
export function movedImage({ before, after }: Builds, was: Instruction, is: Instruction): StepCause[] {
  // a different name explains a different image
  if (!is.from || was.from !== is.from) return [];
  const [old, now] = [before.bases[is.from], after.bases[is.from]];
  // an id and a digest of the same image differ as well
  if (!old || !now || old === now || old.startsWith('@') !== now.startsWith('@')) return [];
  return [{ kind: 'base-moved', reference: is.from, before: old.replace('@', ''), after: now.replace('@', '') }];
}

/** Whether the same image is named differently, which changes nothing. */
function isRenamed({ before, after }: Builds, was: Instruction, is: Instruction): boolean {
  if (!was.from || !is.from || was.from === is.from) return false;
  const image = before.bases[was.from];
  return image !== undefined && image === after.bases[is.from] && withoutImage(was, was.from) === withoutImage(is, is.from);
}

const withoutImage = (from: Instruction, image: string): string => withoutStage(from).replace(image, '');

// a stage's name changes nothing
const withoutStage = ({ expanded }: Instruction): string => expanded.replace(/\s+AS\s+\S+$/i, '');
